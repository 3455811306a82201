#!/usr/bin/env python3
"""Draws how the drift engine's cost grows, from Google Benchmark's JSON, as one SVG with a panel for each growth_* benchmark.

    build/release/bench_drift --benchmark_filter=growth --benchmark_format=json > growth.json
    tools/plot_growth.py growth.json docs/pictures/drift-growth.svg
"""
import json
import math
import sys

WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 260, 60, 40, 50
AXES = {"growth_particles": "particles", "growth_steps": "steps in a day, 10,000 particles",
        "growth_forcing": "points of forcing a degree, 10,000 particles"}


def panel(points, x0, title):
    xs, ys = [math.log10(x) for x, _ in points], [math.log10(y) for _, y in points]
    low_x, high_x = math.floor(min(xs)), math.ceil(max(xs))
    low_y, high_y = math.floor(min(ys)), math.ceil(max(ys)) + (math.ceil(max(ys)) == math.floor(min(ys)))

    def at(x, y):
        return (x0 + (x - low_x) / (high_x - low_x) * WIDTH, TOP + HEIGHT - (y - low_y) / (high_y - low_y) * HEIGHT)

    out = [f'<rect x="{x0}" y="{TOP}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#333"/>',
           f'<text x="{x0 + WIDTH / 2}" y="{TOP + HEIGHT + 36}" text-anchor="middle">{title}</text>']
    for k in range(low_x, high_x + 1):
        x, y = at(k, low_y)
        out.append(f'<text x="{x:.0f}" y="{y + 16:.0f}" text-anchor="middle">10^{k}</text>')
    for k in range(low_y, high_y + 1):
        x, y = at(low_x, k)
        out.append(f'<line x1="{x:.0f}" y1="{y:.0f}" x2="{x + WIDTH:.0f}" y2="{y:.0f}" stroke="#ddd"/>'
                   f'<text x="{x - 6:.0f}" y="{y + 4:.0f}" text-anchor="end">10^{k} ms</text>')
    line = " ".join("{:.1f},{:.1f}".format(*at(x, y)) for x, y in zip(xs, ys))
    out.append(f'<polyline points="{line}" fill="none" stroke="#1f4e9e" stroke-width="2"/>')
    out += ['<circle cx="{:.1f}" cy="{:.1f}" r="3" fill="#1f4e9e"/>'.format(*at(x, y)) for x, y in zip(xs, ys)]
    return out


def main(source, target):
    series = {}
    for b in json.load(open(source))["benchmarks"]:
        name, size = b["name"].split("/")[:2]
        if name in AXES and "error_occurred" not in b:
            series.setdefault(name, []).append((float(size), b["cpu_time"]))
    wide = LEFT + len(series) * (WIDTH + GAP + 30)
    out = [f'<svg xmlns="http:' f'//www.w3.org/2000/svg" width="{wide}" height="{TOP + HEIGHT + 60}" font-family="sans-serif" '
           'font-size="11"><rect width="100%" height="100%" fill="white"/>',
           f'<text x="{LEFT}" y="22" font-size="14">CPU time of a 24 h drift on one thread</text>']
    for i, (name, points) in enumerate(series.items()):
        out += panel(points, LEFT + i * (WIDTH + GAP + 30), AXES[name])
    open(target, "w").write("\n".join(out + ["</svg>", ""]))


main(*sys.argv[1:])
