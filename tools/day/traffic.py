"""Merchant ships in the lanes, ferries across, fishing boats, marks and stations: who is there besides.

Every MMSI is made up: 299 belongs to no country (the ITU's table of maritime identification digits), so no ship has such a
number; and every name says EXERCISE.
"""
import datetime

from . import ais
from .water import KNOT, Draw, apart, course, lonlat, xy

DAY = datetime.datetime(2021, 11, 11, tzinfo=datetime.timezone.utc)
EPOCH = int(DAY.timestamp())
# What is reported of lane ships: within the strait; the rest of their voyage is not this day's.
WEST, EAST, SOUTH, NORTH = 0.95, 2.12, 50.62, 51.42

WORDS = ("AMBER BRISK CEDAR DAWN EMBER FABLE GROVE HAVEN IRIS JUNO KITE LARK MAPLE NORDIC OPAL PEARL QUILL ROWAN SABLE TERN UMBRA "
         "VESPER WREN XENIA YARROW ZEPHYR").split()


class Craft:
    """Somebody on a way: a list of places and speeds, from one moment on."""

    def __init__(self, mmsi, name, way, speed_kn, begin, kind, length=0):
        self.mmsi, self.name, self.kind, self.length = mmsi, name, kind, length
        self.legs = []
        at = begin
        points = [xy(*p) for p in way]
        for a, b in zip(points, points[1:]):
            time = apart(a, b) / (speed_kn * KNOT)
            self.legs.append((at, at + time, a, b))
            at += time
        self.begin, self.end, self.speed_kn = begin, at, speed_kn

    def at(self, seconds):
        """Place (lon, lat) and course, or None before and after the way."""
        for start, end, a, b in self.legs:
            if start <= seconds < end:
                f = (seconds - start) / (end - start)
                return (*lonlat(a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f), course(a, b))
        return None


def beside(way, metres, draw):
    """The way, moved sideways: ships do not all keep to the middle of a lane."""
    out = []
    for i, p in enumerate(way):
        a, b = xy(*way[max(0, i - 1)]), xy(*way[min(len(way) - 1, i + 1)])
        length = apart(a, b)
        x, y = xy(*p)
        side = metres + draw.uniform(-150, 150)
        out.append(lonlat(x + (b[1] - a[1]) / length * side, y - (b[0] - a[0]) / length * side))
    return out


def merchants(chart):
    out = []
    lanes = [("NE", [(0.2, 50.45), *chart.north_east, (2.6, 51.55)]), ("SW", [(2.6, 51.75), *chart.south_west, (0.95, 50.78), (0.2, 50.62)])]
    for number in range(210):
        draw = Draw("merchant", number)
        name, way = lanes[number % 2]
        length = draw.whole(80, 366)
        speed = draw.uniform(9, 14) if length < 180 else draw.uniform(12, 19)
        begin = -18000 + (86400 + 18000) * (number + draw.uniform()) / 210
        who = f"EXERCISE {draw.of(WORDS)} {number:03d}"
        out.append(Craft(299900000 + number * 7, who, beside(way, draw.uniform(-1200, 1200), draw), speed, begin, "merchant", length))
    return out


def ferries():
    dover, calais, dunkirk = (1.345, 51.113), (1.843, 50.985), (2.16, 51.065)
    # Round the South Goodwin end of the lanes and the banks off Calais, never over them.
    routes = [[dover, (1.45, 51.085), (1.72, 51.01), calais], [dover, (1.47, 51.09), (1.80, 51.06), dunkirk]]
    out = []
    for number in range(9):
        draw = Draw("ferry", number)
        route = routes[number % 3 == 2]
        mmsi, name, speed = 299980000 + number, f"EXERCISE FERRY {number + 1}", draw.uniform(17, 21)
        at = -5400 + number * 1900
        for trip in range(18):
            way = [route[0], *[(lon + draw.uniform(-0.01, 0.01), lat + draw.uniform(-0.006, 0.006)) for lon, lat in route[1:-1]], route[-1]]
            sailing = Craft(mmsi, name, way if trip % 2 == 0 else way[::-1], speed, at, "ferry", 190)
            at = sailing.end + draw.uniform(2700, 4200)
            out += [sailing, Berth(sailing, at)]
            if at > 86400:
                break
    return out


class Berth:
    """A ferry between two sailings: at the berth where the last one ended."""

    def __init__(self, sailing, end):
        self.mmsi, self.name, self.kind, self.length = sailing.mmsi, sailing.name, "berth", sailing.length
        self.begin, self.end, self.speed_kn = sailing.end, end, 0.0
        self.place = (*lonlat(*sailing.legs[-1][3]), course(*sailing.legs[-1][2:]))

    def at(self, seconds):
        return self.place if self.begin <= seconds < self.end else None


def fishing():
    out = []
    for number in range(14):
        draw = Draw("fishing", number)
        lon, lat = [(1.25, 50.98), (1.44, 50.79), (1.95, 51.08), (1.10, 50.84), (1.55, 51.20)][number % 5]
        way = [(lon, lat)]
        for _ in range(draw.whole(8, 14)):
            way.append((lon + draw.uniform(-0.07, 0.07), lat + draw.uniform(-0.035, 0.035)))
        out.append(Craft(299990000 + number, f"EXERCISE FISHER {number + 1}", way, draw.uniform(3, 5), draw.uniform(0, 50000), "fishing", 12))
    return out


def within(place):
    return WEST <= place[0] <= EAST and SOUTH <= place[1] <= NORTH


def positions(craft):
    """A report a minute while within: (seconds, lon, lat, course)."""
    second = craft.mmsi * 17 % 60
    for minute in range(1440):
        t = minute * 60 + second
        place = craft.at(t)
        if place and within(place):
            yield (t, *place)


def sentences(crafts):
    """(seconds, lines) of everybody's reports."""
    seen = set()
    for craft in crafts:
        last = None
        for number, (t, lon, lat, cog) in enumerate(positions(craft)):
            sway = Draw("sway", craft.mmsi, t)
            speed = max(0.0, craft.speed_kn + sway.uniform(-0.2, 0.2))
            cog = (cog + sway.uniform(-1.5, 1.5)) % 360
            if craft.kind == "fishing":
                if number % 2 == 0:  # class B says where it is less often
                    yield t, ais.lines(ais.class_b(craft.mmsi, lon, lat, speed, cog, t % 60), EPOCH + t, "B")
            elif craft.kind == "berth":
                if number % 3 == 0:
                    yield t, ais.lines(ais.class_a(craft.mmsi, lon, lat, 0, cog, t % 60, status=5), EPOCH + t, "AB"[t % 2])
            else:
                turned = last is not None and abs((cog - last + 180) % 360 - 180) > 5
                yield t, ais.lines(ais.class_a(craft.mmsi, lon, lat, speed, cog, t % 60, kind=3 if turned else 1), EPOCH + t, "AB"[t % 2])
            last = cog
            # Who it is comes every six minutes by rule; thinned here to once an hour, and at first sight.
            if number % 60 == 0 or craft.mmsi not in seen:
                yield t + 1, identity(craft, t + 1)
            seen.add(craft.mmsi)


def identity(craft, t):
    if craft.kind == "fishing":
        return (ais.lines(ais.part_a(craft.mmsi, craft.name), EPOCH + t, "B")
                + ais.lines(ais.part_b(craft.mmsi, f"EXF{craft.mmsi % 100:02d}", 30, craft.length, 4), EPOCH + t, "B"))
    ship_type = 70 + craft.mmsi % 2 * 10 if craft.kind == "merchant" else 60
    return ais.lines(ais.voyage(craft.mmsi, craft.name, f"EX{craft.mmsi % 10000:04d}", ship_type, craft.length,
                                max(12, craft.length // 7), "EXERCISE ONLY"), EPOCH + t, "A", craft.mmsi + t)


def fixtures():
    """Stations and marks, every ten minutes. The marks stand where no real one is claimed to be."""
    for minute in range(0, 1440, 10):
        when = DAY + datetime.timedelta(minutes=minute)
        t = minute * 60
        for number, (lon, lat) in enumerate([(1.35, 51.13), (1.58, 50.87)]):
            yield t, ais.lines(ais.base_station(2990001 + number, lon, lat, when), EPOCH + t, "A")
        for number, (name, lon, lat) in enumerate([("EXERCISE MARK NORTH", 1.55, 51.15), ("EXERCISE MARK SOUTH", 1.30, 50.88)]):
            yield t + 5, ais.lines(ais.mark(992990001 + number, name, lon, lat), EPOCH + t + 5, "B")
