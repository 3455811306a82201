"""The strait as the sample day needs it: a plane in metres, the tidal stream, the two lanes, who is responsible where.

Everything here is simple on purpose: the day is an exercise, and only the program under test has to be exact.
"""
import csv
import gzip
import math
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
ORIGIN = (1.5, 51.0)
M_LAT = 111_240.0
M_LON = M_LAT * math.cos(math.radians(ORIGIN[1]))
KNOT = 1852 / 3600

# Degrees an hour and the argument on 2021-11-11T00:00Z at Greenwich, with nodal angle (Schureman 1940, table 2; mean
# longitudes by Meeus 1998): enough for boats to be carried along; the program itself computes them exactly.
SPEEDS = {"M2": 28.984104, "S2": 30.0, "N2": 28.439730, "K1": 15.041069, "O1": 13.943036, "M4": 57.968208, "MS4": 58.984104}


def xy(lon, lat):
    return ((lon - ORIGIN[0]) * M_LON, (lat - ORIGIN[1]) * M_LAT)


def lonlat(x, y):
    return (ORIGIN[0] + x / M_LON, ORIGIN[1] + y / M_LAT)


def apart(a, b):
    return math.hypot(a[0] - b[0], a[1] - b[1])


def course(a, b):
    return math.degrees(math.atan2(b[0] - a[0], b[1] - a[1])) % 360


def start_arguments():
    """V + u of each constituent at 2021-11-11T00:00Z."""
    days = 2459529.5 - 2451545.0  # since J2000
    t = days / 36525
    s = 218.3164477 + 481267.88123421 * t
    h = 280.46646 + 36000.76983 * t
    p = 83.3532465 + 4069.0137287 * t
    n = math.radians(125.04452 - 1934.136261 * t)
    u_m2 = -2.14 * math.sin(n)
    u_k1 = -8.86 * math.sin(n)
    u_o1 = 10.80 * math.sin(n)
    m2 = 2 * h - 2 * s + u_m2
    return {"M2": m2, "S2": 0.0, "N2": 2 * h - 3 * s + p + u_m2, "K1": h + 90 + u_k1, "O1": h - 2 * s - 90 + u_o1,
            "M4": 2 * m2, "MS4": m2}


class Tide:
    """The stream of the shipped grid, nearest cell; still water where the grid has none."""

    def __init__(self):
        self.cells = {}
        arguments = start_arguments()
        with gzip.open(ROOT / "data/tides/channel.csv.gz", "rt") as file:
            for row in csv.DictReader(line for line in file if not line.startswith("#")):
                parts = []
                for name, speed in SPEEDS.items():
                    for axis in "uv":
                        amplitude = float(row[f"{name}_{axis}_amp"])
                        parts.append((axis == "u", amplitude, math.radians(arguments[name] - float(row[f"{name}_{axis}_g"])), math.radians(speed)))
                self.cells[self.cell(float(row["lon"]), float(row["lat"]))] = parts
        self.memo = {}

    @staticmethod
    def cell(lon, lat):
        return (round(lon * 12), round(lat * 24))

    def at(self, lon, lat, seconds):
        """East and north [m/s], by the quarter of an hour."""
        cell = self.cell(lon, lat)
        quarter = int(seconds // 900)
        key = (cell, quarter)
        if key not in self.memo:
            hours = quarter / 4
            u = v = 0.0
            for east, amplitude, phase, speed in self.cells.get(cell, ()):
                value = amplitude * math.cos(phase + speed * hours)
                if east:
                    u += value
                else:
                    v += value
            self.memo[key] = (u, v)
        return self.memo[key]


def chart_lines():
    """Points (lon, lat) of each feature of the shipped chart."""
    lines = {}
    with open(ROOT / "data/zones/channel.csv", encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            lines.setdefault(row["feature"], []).append((float(row["lon"]), float(row["lat"])))
    return lines


class Chart:
    def __init__(self):
        lines = chart_lines()
        lane = {name.split()[3].split("-")[0]: points for name, points in lines.items() if name.startswith("traffic")}
        self.north_east = lane["NE"]
        self.south_west = lane["SW"]
        self.limit = lines["search and rescue region, MRCC Gris-Nez, seaward limit"][:10]

    def french(self, lon, lat):
        """South-east of the limit between the two rescue regions (good between 50.4 and 51.5 N)."""
        for (x1, y1), (x2, y2) in zip(self.limit, self.limit[1:]):
            if y1 <= lat < y2:
                return lon > x1 + (lat - y1) / (y2 - y1) * (x2 - x1)
        return lon > 1.0


class Draw:
    """Random numbers that do not change between versions of Python: xorshift64* (Vigna 2016)."""

    def __init__(self, *key):
        self.state = 0x9E3779B97F4A7C15
        for part in key:
            for byte in str(part).encode():
                self.state = ((self.state ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
        self.state = self.state or 1
        for _ in range(8):
            self.uniform()

    def uniform(self, low=0.0, high=1.0):
        x = self.state
        x ^= x >> 12
        x ^= (x << 25) & 0xFFFFFFFFFFFFFFFF
        x ^= x >> 27
        self.state = x
        return low + (high - low) * (((x * 0x2545F4914F6CDD1D) & 0xFFFFFFFFFFFFFFFF) >> 11) / (1 << 53)

    def whole(self, low, high):
        return low + int(self.uniform() * (high - low + 1))

    def of(self, items):
        return items[self.whole(0, len(items) - 1)]

    def normal(self):
        # The sum of twelve is near enough, and free of logarithms that differ between machines.
        return sum(self.uniform() for _ in range(12)) - 6
