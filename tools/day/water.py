"""The strait as the sample day needs it: a plane in metres, the two lanes, who is responsible where, random numbers.

Everything here is simple on purpose: the day is an exercise, and only the program under test has to be exact.
"""
import csv
import math
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
ORIGIN = (1.5, 51.0)
M_LAT = 111_240.0
M_LON = 70_005.6  # M_LAT cos 51°, as a number: the day may not hang on the last bit of somebody's cosine
KNOT = 1852 / 3600


def xy(lon, lat):
    return ((lon - ORIGIN[0]) * M_LON, (lat - ORIGIN[1]) * M_LAT)


def lonlat(x, y):
    return (ORIGIN[0] + x / M_LON, ORIGIN[1] + y / M_LAT)


def apart(a, b):
    x, y = a[0] - b[0], a[1] - b[1]
    return math.sqrt(x * x + y * y)  # exact to the bit on every machine, as hypot is not


def course(a, b):
    return round(math.degrees(math.atan2(b[0] - a[0], b[1] - a[1])), 6) % 360


def chart_lines():
    """Points (lon, lat) of each feature of the shipped chart."""
    lines = {}
    with open(ROOT / "data/straits/dover/lines.csv", encoding="utf-8") as file:
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
        # The sum of twelve is near enough, free of logarithms that differ between machines, and added one by one: newer
        # versions of Python sum in another way.
        total = -6.0
        for _ in range(12):
            total += self.uniform()
        return total
