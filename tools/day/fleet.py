"""What the units say on AIS, and the flights of the helicopters."""
from . import ais
from .rescue import ladder
from .traffic import EPOCH, Craft
from .units import UNITS
from .water import apart, course, lonlat, xy

OF = {unit.name: unit for unit in UNITS}


def flight(name, begin, speed_kn, place):
    """Out to search about a place, and back."""
    unit = OF[name]
    return Craft(unit.mmsi, name, [unit.home, *[lonlat(*p) for p in ladder(*place)], unit.home], speed_kn, begin, "aircraft")


class Fleet:
    def __init__(self, vessels, flights):
        self.vessels, self.flights = vessels, flights

    def at_sea(self, t):
        """Those on the water whom a radar sees."""
        minute = t // 60 * 60
        for vessel in self.vessels:
            a, b = vessel.track.get(minute), vessel.track.get(minute + 60)
            if a and b and apart(xy(*b), vessel.home) > 1500:
                f = (t - minute) / 60
                yield a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f

    def sentences(self):
        for vessel in self.vessels:
            if OF[vessel.name].mmsi:
                yield from self.vessel(OF[vessel.name].mmsi, vessel.name, sorted(vessel.track.items()))
        for craft in self.flights:
            yield from self.aircraft(craft)

    def vessel(self, mmsi, name, track):
        for number, ((t0, a), (t1, b)) in enumerate(zip(track, track[1:])):
            metres = apart(xy(*a), xy(*b))
            moving = metres > 10
            if number % 60 == 0:
                yield t1 + 1, self.who(mmsi, name, t1 + 1)
            if moving or number % 4 == 0:
                cog = course(xy(*a), xy(*b)) if moving else 0
                yield t1, ais.lines(ais.class_a(mmsi, *b, metres / 60 * 3600 / 1852, cog, t1 % 60, 0 if moving else 5), EPOCH + t1, "A")

    @staticmethod
    def aircraft(craft):
        for minute in range(1440):
            t = minute * 60 + craft.mmsi % 60
            place = craft.at(t)
            if place:
                yield t, ais.lines(ais.aircraft(craft.mmsi, place[0], place[1], 60, craft.speed_kn, place[2], t % 60), EPOCH + t, "B")

    @staticmethod
    def who(mmsi, name, t):
        return ais.lines(ais.voyage(mmsi, name, f"EXU{mmsi % 1000:03d}", 51, 24, 6, "EXERCISE ONLY"), EPOCH + t, "A", mmsi + t)
