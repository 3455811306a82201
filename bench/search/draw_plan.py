#!/usr/bin/env python3
"""Draws the plan that is farthest from its bound, four moments of it, as one SVG.

    VARNE_TABLE=1 VARNE_WORST=worst.json build/release/bench_search --benchmark_filter=none
    bench/search/draw_plan.py worst.json docs/pictures/search-worst.svg
"""
import json
import sys

SIDE, GAP, TOP, LEFT = 300, 16, 64, 16
COLOURS = ["#b3261e", "#1f4e9e", "#1b7f3b", "#8a5a00", "#6a3fa0", "#007a87", "#a02c6b", "#4d4d4d"]


def land_runs(cells):
    """Cells of half a kilometre, those side by side as one: easternmost, westernmost, northing."""
    rows = {}
    for east, north in cells:
        rows.setdefault(north, []).append(east)
    for north, easts in sorted(rows.items()):
        west = last = min(easts)
        for east in sorted(easts)[1:] + [float("inf")]:
            if east > last + 500:
                yield last, west, north
                west = east
            last = east


def main(source, target):
    case = json.load(open(source))
    seen = [p for m in case["moments"] for p in m["cloud"]]
    seen += [p for m in case["moments"] for b in m["boxes"] + m["square"] for p in b["ring"]]
    low = [min(p[i] for p in seen) - 1000 for i in (0, 1)]
    span = max(p[0] for p in seen) + 1000 - low[0]
    high = round((max(p[1] for p in seen) + 1000 - low[1]) / span * SIDE)
    units = sorted({b["unit"] for m in case["moments"] for b in m["boxes"]})
    colour = dict(zip(units, COLOURS))

    def at(point, x0):
        return (x0 + (point[0] - low[0]) / span * SIDE, TOP + high - (point[1] - low[1]) / span * SIDE)

    def ring(box, x0, style):
        return '<polygon points="{}" {}/>'.format(" ".join("{:.1f},{:.1f}".format(*at(p, x0)) for p in box["ring"]), style)

    wide = LEFT + len(case["moments"]) * (SIDE + GAP)
    out = [f'<svg xmlns="http:' f'//www.w3.org/2000/svg" width="{wide}" height="{TOP + high + 40}" font-family="sans-serif" '
           'font-size="11"><rect width="100%" height="100%" fill="white"/>',
           f'<text x="{LEFT}" y="22" font-size="14">The plan farthest from its bound: case {case["case"]}, {case["kind"]}, '
           f'{case["units"]} units</text>',
           f'<text x="{LEFT}" y="42">POS {100 * case["pos"]:.1f} %, at least {100 * case["pos"] / case["bound"]:.1f} % of the '
           f'best possible; the manual square (dashed) {100 * case["square"]:.1f} %</text>']
    cell = 500 / span * SIDE
    for n, moment in enumerate(case["moments"]):
        x0 = LEFT + n * (SIDE + GAP)
        out.append(f'<clipPath id="p{n}"><rect x="{x0}" y="{TOP}" width="{SIDE}" height="{high}"/></clipPath>'
                   f'<g clip-path="url(#p{n})"><rect x="{x0}" y="{TOP}" width="{SIDE}" height="{high}" fill="#eef4fb"/>')
        for east, west, north in land_runs(case["land"]):
            x, y = at((west - 250, north + 250), x0)
            if x < x0 + SIDE and y < TOP + high:
                out.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{(east - west + 500) / span * SIDE + .3:.1f}" height="{cell + .3:.1f}" fill="#d9cfb8"/>')
        dots = "".join("M{:.1f} {:.1f}h0".format(*at(p, x0)) for p in moment["cloud"])
        out.append(f'<path d="{dots}" stroke="#55606e" stroke-opacity="0.55" stroke-width="1.5" stroke-linecap="round"/>')
        out += [ring(b, x0, 'fill="none" stroke="#333" stroke-dasharray="4 3"') for b in moment["square"]]
        for box in moment["boxes"]:
            c = colour[box["unit"]]
            out.append(ring(box, x0, f'fill="{c}" fill-opacity="0.12" stroke="{c}" stroke-width="1.6"'))
            x = sum(at(p, x0)[0] for p in box["ring"]) / 4
            y = sum(at(p, x0)[1] for p in box["ring"]) / 4
            out.append(f'<text x="{x:.0f}" y="{y + 4:.0f}" text-anchor="middle" fill="{c}" stroke="white" stroke-width="3" '
                       f'paint-order="stroke">C {box["coverage"]:.2f}</text>')
        hours, minutes = divmod(round(moment["minutes"]), 60)
        out.append(f'</g><rect x="{x0}" y="{TOP}" width="{SIDE}" height="{high}" fill="none" stroke="#333"/>'
                   f'<text x="{x0 + 6}" y="{TOP + 16}" font-weight="bold">{hours}:{minutes:02} h</text>')
    scale = 5000 / span * SIDE
    y = TOP + high + 22
    out.append(f'<path d="M{LEFT},{y} h{scale:.1f}" stroke="#333" stroke-width="2"/><text x="{LEFT + scale + 6:.0f}" y="{y + 4}">5 km</text>')
    x = LEFT + scale + 60
    for unit in units:
        out.append(f'<rect x="{x:.0f}" y="{y - 6}" width="12" height="12" fill="{colour[unit]}" fill-opacity="0.4" stroke="{colour[unit]}"/>'
                   f'<text x="{x + 18:.0f}" y="{y + 4}">{unit}</text>')
        x += 110
    out.append(f'<text x="{x:.0f}" y="{y + 4}">grey: every {100000 // 1500}th particle; C: coverage of the box over its task</text>')
    open(target, "w").write("\n".join(out + ["</svg>", ""]))


main(*sys.argv[1:])
