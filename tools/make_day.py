#!/usr/bin/env python3
"""Makes the sample day, the same bytes every time: tools/make_day.py [FOLDER], else data/days/2021-11-11.

An exercise on the public facts of 11 November 2021; the day's README says what is fact and what is made up. Python's
standard library only.
"""
import gzip
import pathlib
import sys

from day import fleet, radar, rescue, traffic, units, words
from day.boats import SECOND_CALL
from day.tide import Tide
from day.water import ROOT, Chart


def write_gzip(path, lines):
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("".join(line + "\n" for line in lines).encode())


def flights(kayak, reports):
    """Helicopters of both sides over the place where the first kayak was found."""
    t = max(kayak.track)
    lon, lat = kayak.track[t]
    reports.flown(t + 900, kayak, "Dauphin Le Touquet")
    reports.flown(t + 4500, kayak, "HM Coastguard Lydd")
    return [fleet.flight("Dauphin Le Touquet", t + 1500, 90, (lon, lat)), fleet.flight("HM Coastguard Lydd", t + 5400, 95, (lon - 0.04, lat + 0.02))]


def everybody(crafts, units_of_day, boats):
    """A function of the moment: (lon, lat, is_boat) of all that a radar may see."""
    def afloat(t):
        for craft in crafts:
            place = craft.at(t)
            if place and craft.kind != "berth" and traffic.within(place):
                yield place[0], place[1], False
        for place in units_of_day.at_sea(t):
            yield *place, False
        minute = t // 60 * 60
        for boat in boats:
            a, b = boat.track.get(minute), boat.track.get(minute + 60)
            if a and b:
                f = (t - minute) / 60
                yield a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f, True
    return afloat


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    reports = words.Reports()
    sea = rescue.Sea(Tide(), Chart(), lambda what, t, **more: reports.take(what, t, **more))
    sea.run()
    reports.ashore()
    reports.kayaks_missed(sea.kayaks)
    flown = flights(sea.kayaks[0], reports)
    for vessel in sea.vessels:
        if not fleet.OF[vessel.name].mmsi:
            reports.no_ais(vessel)
    twice = sea.boats[SECOND_CALL]
    reports.second_call_settled(twice.emptied_at + 1800, twice)
    reports.published()
    (folder / "reports.jsonl").write_text(reports.text(), encoding="utf-8")

    crafts = traffic.merchants(Chart()) + traffic.ferries() + traffic.fishing()
    of_units = fleet.Fleet(sea.vessels, flown)
    said = [*traffic.sentences(crafts), *traffic.fixtures(), *of_units.sentences()]
    said.sort(key=lambda item: (item[0], item[1]))
    write_gzip(folder / "ais.nmea.gz", [line for t, lines in said if 0 <= t < 86400 for line in lines])
    plots = radar.plots(everybody(crafts, of_units, sea.boats))
    write_gzip(folder / "plots.csv.gz", ["time,radar,scan,plot,lon,lat,sigma_m", *plots])
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
    waiting = [b.label for b in day.boats if b.state not in ("landed", "collected")]
    if waiting:
        sys.exit(f"make_day: these boats did not arrive: {', '.join(waiting)}")
