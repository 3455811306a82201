#!/usr/bin/env python3
"""Writes sixty.toml into a folder: a scenario of days with 60 boats on the mean and fifteen units, the twelve of the
strait's list and the three lifeboats more of days_bench.cpp. scripts/bench times a campaign of it.

    bench/days/sixty.py FOLDER
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SCENARIO = f"""extends = "{ROOT}/data/scenarios/strait-2021.toml"
name = "sixty"
title = "Days of 60 boats and fifteen units"
fleet = "units.toml"

[departures]
viable_share = {{ value = 1, source = "as the measurement wants it" }}
viable_swing = {{ value = 0, source = "as the measurement wants it" }}
boats_a_day = {{ value = 60, source = "as the measurement wants it" }}
boats_swing = {{ value = 0, source = "as the measurement wants it" }}
boats_size = {{ value = 1e9, source = "as the measurement wants it" }}
"""

LIFEBOAT = """
[[unit]]
name = "{name}"
kind = "lifeboat"
state = "UK"
centre = "MRCC Dover"
base = "{name}"
home = [{lon}, {lat}]
speed_kn = 25
capacity = 20
endurance_h = 10
launch_delay_min = 10
"""
MORE = [("RNLI Rye Harbour", 0.772, 50.939), ("RNLI Littlestone-on-Sea", 0.972, 50.984), ("RNLI Margate", 1.379, 51.392)]

if len(sys.argv) != 2:
    sys.exit(__doc__)
folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
units = (ROOT / "data/straits/dover/units.toml").read_text()
units += "".join(LIFEBOAT.format(name=name, lon=lon, lat=lat) for name, lon, lat in MORE)
(folder / "units.toml").write_text(units)
(folder / "sixty.toml").write_text(SCENARIO)
