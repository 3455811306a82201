#!/usr/bin/env python3
"""Makes the sample day, the same bytes every time: tools/make_day.py [FOLDER], else data/days/2021-11-11.

An exercise on the public facts of 11 November 2021; the day's README says what is fact and what is made up. Python's
standard library only.
"""
import gzip
import pathlib
import sys

from day import ais, boats, radar, traffic, units, words
from day.traffic import EPOCH
from day.water import ROOT, Chart, Draw, Tide, lonlat, xy


def drifted(tide, place, begin, end):
    """Where the stream carries something without a sail."""
    at = xy(*place)
    for t in range(begin, end, 300):
        lon, lat = lonlat(*at)
        u, v = tide.at(lon, lat, t)
        at = (at[0] + (u + boats.WIND[0] * 0.02) * 300, at[1] + (v + boats.WIND[1] * 0.02) * 300)
    return lonlat(*at)


def write_gzip(path, text):
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(text.encode())


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    tide, chart, reports = Tide(), Chart(), words.Reports()
    sea = boats.Sea(tide, chart, lambda what, t, **more: reports.take(what, t, **more))
    sea.run()
    reports.ashore()
    first, second = (drifted(tide, (1.735, 50.972), 25200 + late, 46800 + late) for late in (0, 1800))
    reports.kayaks(first, second)
    reports.asked_from_above(sea.boats[8])
    reports.published()
    (folder / "reports.jsonl").write_text(reports.text(), encoding="utf-8")

    crafts = traffic.merchants(chart) + traffic.ferries() + traffic.fishing()
    fleet = units.Fleet(sea.vessels, first)
    said = [*traffic.sentences(crafts), *traffic.fixtures(), *fleet.sentences()]
    said.sort(key=lambda item: (item[0], item[1]))
    write_gzip(folder / "ais.nmea.gz", "".join(line + "\n" for t, lines in said if 0 <= t < 86400 for line in lines))

    tracks = [dict((t, (lon, lat)) for t, lon, lat, _ in boat.track) for boat in sea.boats]

    def afloat(t):
        for craft in crafts:
            place = craft.at(t)
            if place and traffic.within(place):
                yield place[0], place[1], False
        for place in fleet.at_sea(t):
            yield *place, False
        before, after = t // 60 * 60, t // 60 * 60 + 60
        for track in tracks:
            if before in track and after in track:
                f = (t - before) / 60
                a, b = track[before], track[after]
                yield a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f, True

    write_gzip(folder / "plots.csv.gz", "time,radar,scan,plot,lon,lat,sigma_m\n" + "".join(line + "\n" for line in radar.plots(afloat)))
    (folder / "units.toml").write_text(units.toml(), encoding="utf-8")
    (folder / "day.toml").write_text(DAY, encoding="utf-8")
    return sea


DAY = '''# Made by tools/make_day.py; README.md beside this file says what is fact and what is made up.
name = "2021-11-11"
title = "The Dover Strait, 11 November 2021"
exercise = true
notice = "EXERCISE. Built on the public facts of 11 November 2021; no position, name, call or time in it is claimed to be real."
start = "2021-11-11T00:00:00Z"
end = "2021-11-12T00:00:00Z"
seed = 20211111
units = "units.toml"

[[feed]]
kind = "nmea"
name = "ais"
file = "ais.nmea.gz"

[[feed]]
kind = "plots"
name = "radar"
file = "plots.csv.gz"

[[feed]]
kind = "reports"
name = "reports"
file = "reports.jsonl"

[sea]
tides = true

# Stated, not observed: a light south-westerly that leaves small boats a chance.
[[sea.stated]]
from = "2021-11-10T00:00:00Z"
wind_from_deg = 240.0
wind_kn = 6.5
wave_height_m = 0.4
water_temperature_c = 13.0
'''

if __name__ == "__main__":
    day = make(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data/days/2021-11-11")
    waiting = [b.label for b in day.boats if b.state != "landed" and b.state != "met"]
    if waiting:
        sys.exit(f"make_day: these boats did not arrive: {', '.join(waiting)}")
