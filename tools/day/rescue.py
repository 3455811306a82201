"""Everybody off the lanes, minute by minute: the boats under way and adrift, the units that go to them."""
from .boats import SECOND_CALL, label, make_boats, make_kayaks
from .units import UNITS
from .water import KNOT, Draw, apart, lonlat, xy

DOVER = (1.338, 51.113)
WIND = (2.9, 1.6)  # where the stated south-westerly blows to [m/s]
DRIFT = 0.03       # share of it that moves what has no engine
CAPE = (1.53, 50.90)
SEARCH_FROM, SEARCH_TO = 45600, 64800
SEEKERS = ["SNSM Calais", "Flamant"]  # for the first and the second kayak


def way_round(begin, goal):
    """Corners between two places in the plane, so that a vessel keeps off the land, and the goal."""
    a, b = lonlat(*begin), lonlat(*goal)
    corners = []
    if (a[1] > 51.2) != (b[1] > 51.2) and min(a[0], b[0]) < 1.46:
        north = [(1.47, 51.31), (1.46, 51.17)]
        corners += north if a[1] > 51.2 else north[::-1]
    if (a[0] < 1.333) != (b[0] < 1.333) and max(a[1], b[1]) > 51.095:
        corners.append((1.335, 51.09))
    if (a[1] < 50.87) != (b[1] < 50.87) and max(a[0], b[0]) > 1.55:
        corners.append(CAPE)
    return [xy(*c) for c in corners] + [goal]


def ladder(lon, lat):
    """A search in parallel tracks about a place."""
    way = []
    for i in range(7):
        leg = [(lon - 0.05, lat - 0.025 + i * 0.009), (lon + 0.07, lat - 0.014 + i * 0.009)]
        way += leg if i % 2 == 0 else leg[::-1]
    return [xy(*p) for p in way]


class Vessel:
    """The English take people aboard and bring them in; the French keep by a boat for as long as she is on their side."""

    def __init__(self, unit):
        self.name, self.french = unit.name, unit.state == "FR"
        self.speed = unit.speed_kn * KNOT * 0.9   # a sea and a load slow every one of them
        self.room = min(unit.capacity, 110)       # as many as can be looked after
        self.home = xy(*unit.home)
        self.beat = [xy(*p) for p in unit.beat]
        own = [(unit.base, self.home)] if unit.lands_at_base else []
        self.ports = [("Dover", xy(*DOVER)), *own]
        self.at = self.beat[0] if self.beat else self.home
        self.idle = "patrol" if self.beat else "moored"
        self.state = self.idle    # moored, patrol, going, alongside, returning, landing, homing, escorting, searching
        self.task = None          # the boat or kayak to go to
        self.aboard = []          # boats whose people are aboard
        self.first_aboard = 86400
        self.busy_until = 0
        self.way = []
        self.port = None
        self.track = {}

    def free_room(self):
        return self.room - sum(boat.people for boat in self.aboard)

    def go(self, state, task=None):
        self.state, self.task, self.way = state, task, []

    def goal(self):
        if self.state == "going":
            return self.task.at
        return self.port[1] if self.state == "returning" else self.home

    def sail(self, seconds):
        """True once the goal is reached."""
        goal = self.goal()
        if not self.way or self.state == "going" and len(self.way) == 1:
            self.way = way_round(self.at, goal)
        self.along(self.speed * seconds)
        return not self.way

    def along(self, metres):
        while metres > 0 and self.way:
            left = apart(self.at, self.way[0])
            if left <= metres:
                self.at = self.way.pop(0)
                metres -= left
            else:
                f = metres / left
                self.at = tuple(a + (b - a) * f for a, b in zip(self.at, self.way[0]))
                metres = 0

    def search(self, place):
        self.go("searching")
        self.way = ladder(*place)


class Sea:
    """Moves all of them in steps of a minute; `say(what, seconds, boat=…, …)` takes what is to be reported."""

    def __init__(self, tide, chart, say):
        self.tide, self.chart, self.say = tide, chart, say
        self.boats, self.kayaks = make_boats(), make_kayaks()
        self.vessels = [Vessel(unit) for unit in UNITS if unit.kind != "helicopter"]

    def run(self):
        for t in range(0, 86400, 60):
            for boat in self.boats:
                self.move_boat(boat, t)
            for kayak in self.kayaks:
                if kayak.begin <= t and not kayak.found:
                    self.drift(kayak, t)
            for vessel in self.vessels:
                self.move_vessel(vessel, t)
                vessel.track[t + 60] = lonlat(*vessel.at)
            self.send_help(t)
            self.send_escorts(t)
            self.send_seekers(t)

    def drift(self, craft, t, u=WIND[0] * DRIFT, v=WIND[1] * DRIFT):
        """A minute in the stream, with what else moves her [m/s]: the wind, or her engine."""
        east, north = self.tide.at(*lonlat(*craft.at), t)
        craft.at = (craft.at[0] + (east + u) * 60, craft.at[1] + (north + v) * 60)
        craft.track[t + 60] = lonlat(*craft.at)

    # --- boats

    def move_boat(self, boat, t):
        if boat.state == "ashore" and t >= boat.begin:
            boat.state = "under way"
        if boat.state == "under way":
            self.steer(boat, t)
        elif boat.state in ("stopped", "met", "empty"):
            self.drift(boat, t)
        if boat.state in ("under way", "stopped"):
            self.report_boat(boat, t + 60, *lonlat(*boat.at))
        elif boat.state == "empty" and t >= boat.adrift_until:
            boat.state = "collected"

    def steer(self, boat, t):
        target = xy(*boat.shore[1:])
        d = apart(boat.at, target)
        self.drift(boat, t, (target[0] - boat.at[0]) / d * boat.speed, (target[1] - boat.at[1]) / d * boat.speed)
        boat.gone = apart(boat.at, xy(*boat.beach[1:]))
        if apart(boat.at, target) < 500:
            boat.state = "landed"
            self.say("landed_on_own", t + 60, boat=boat)
            for vessel in self.vessels:
                if vessel.task is boat:  # too late: the vessel goes on with what she has
                    self.bring_in(vessel)

    def report_boat(self, boat, t, lon, lat):
        french = self.chart.french(lon, lat)
        near_shore = apart(boat.at, xy(*boat.shore[1:])) < 6000
        if not boat.known and (near_shore if boat.on_own else boat.gone > boat.known_after):
            self.hear_of(boat, t, french)
            self.say("first_word", t, boat=boat, french=french, place=(lon, lat))
        elif boat.known and boat.in_french and not french:
            boat.in_french = False
            self.say("crossed", t, boat=boat, place=(lon, lat))
        if boat.number == SECOND_CALL and boat.known and t == boat.known_at + 2400:
            self.say("second_call", t, boat=boat, place=(lon, lat))
        if boat.stops and boat.state == "under way" and boat.gone > boat.stops and not french:
            boat.state = "stopped"
            if not boat.known:
                self.hear_of(boat, t, french)
            self.say("engine_stopped", t, boat=boat, place=(lon, lat))

    def hear_of(self, boat, t, french):
        boat.label = label(sum(other.known for other in self.boats))
        boat.known, boat.known_at, boat.in_french = True, t, french

    # --- who goes where

    def send_help(self, t):
        waiting = [b for b in self.boats if b.known and not b.in_french and b.unit is None and not b.on_own and b.state in ("under way", "stopped")]
        for boat in sorted(waiting, key=lambda b: (b.state != "stopped", b.begin)):
            able = [v for v in self.vessels if not v.french and v.task is None and v.state in ("moored", "returning", "homing")
                    and t - v.first_aboard < 7200 and v.free_room() >= boat.people]
            if not able:
                continue
            vessel = min(able, key=lambda v: (apart(v.at, boat.at) / v.speed, v.name))
            boat.unit = vessel.name
            vessel.go("going", boat)
            self.say("tasked", t, boat=boat, vessel=vessel)

    def send_escorts(self, t):
        for boat in self.boats:
            if boat.escort or not boat.known or not boat.in_french or boat.state != "under way" or t < boat.known_at + 300:
                continue
            able = [v for v in self.vessels if v.french and v.state == "patrol" and apart(v.at, boat.at) < 25000
                    and (t < SEARCH_FROM - 5400 or v.name not in SEEKERS)]
            if able:
                vessel = min(able, key=lambda v: (apart(v.at, boat.at) / v.speed, v.name))
                boat.escort = vessel.name
                vessel.go("going", boat)
                self.say("escorted", t, boat=boat, vessel=vessel)

    def send_seekers(self, t):
        if t < SEARCH_FROM:
            return
        for kayak, name in zip(self.kayaks, SEEKERS):
            vessel = next(v for v in self.vessels if v.name == name)
            if not kayak.found and vessel.state in ("patrol", "escorting"):  # a boat under way can be left for them
                vessel.go("going", kayak)
                self.say("kayak_sought", t, boat=kayak, vessel=vessel)

    # --- vessels

    def move_vessel(self, vessel, t):
        if vessel.state in ("going", "returning", "homing"):
            if vessel.french and vessel.task not in self.kayaks and not vessel.task.in_french:
                vessel.go("patrol")  # she has crossed meanwhile
            elif vessel.sail(60):
                self.arrive(vessel, t)
        elif vessel.state == "alongside":
            vessel.at = vessel.task.at
            if t >= vessel.busy_until:
                self.take_aboard(vessel, t)
        elif vessel.state == "landing" and t >= vessel.busy_until:
            for boat in vessel.aboard:
                self.say("brought_in", t, boat=boat, vessel=vessel)
            vessel.aboard, vessel.first_aboard = [], 86400
            vessel.go("homing")
        elif vessel.state == "escorting":
            self.keep_by(vessel)
        elif vessel.state == "searching":
            vessel.along(10 * KNOT * 60)
            if not vessel.way:
                vessel.go("patrol") if t > SEARCH_TO else vessel.search(lonlat(*vessel.at))
        elif vessel.state == "patrol":
            vessel.way = vessel.way or way_round(vessel.at, vessel.beat[0])[:-1] + vessel.beat
            vessel.along(10 * KNOT * 60)

    def arrive(self, vessel, t):
        if vessel.state == "returning":
            vessel.go("landing")
            vessel.busy_until = t + 1500
        elif vessel.state == "homing":
            vessel.go("moored")
        elif vessel.task in self.kayaks:
            vessel.task.found = True
            self.say("kayak_found", t + 60, boat=vessel.task, vessel=vessel, place=lonlat(*vessel.at))
            vessel.search(lonlat(*vessel.at))
        elif vessel.french:
            vessel.state = "escorting"
            self.say("escort_arrived", t + 60, boat=vessel.task, vessel=vessel, place=lonlat(*vessel.task.at))
        else:
            vessel.task.state, vessel.state = "met", "alongside"
            vessel.busy_until = t + 60 * (12 + vessel.task.people // 5)

    def take_aboard(self, vessel, t):
        boat = vessel.task
        boat.state, boat.emptied_at = "empty", t
        boat.adrift_until = t + Draw("empty", boat.number).whole(40, 120) * 60
        vessel.aboard.append(boat)
        vessel.first_aboard = min(vessel.first_aboard, t)
        self.say("recovered", t, boat=boat, vessel=vessel, place=lonlat(*vessel.at))
        self.bring_in(vessel)

    @staticmethod
    def bring_in(vessel):
        vessel.port = min(vessel.ports, key=lambda port: apart(vessel.at, port[1]))
        vessel.go("returning" if vessel.aboard else "homing" if not vessel.french else "patrol")

    @staticmethod
    def keep_by(vessel):
        boat = vessel.task
        if not boat.in_french or boat.state not in ("under way", "stopped"):
            vessel.go("patrol")
            return
        vessel.way = [(boat.at[0] + 250, boat.at[1] - 200)]
        vessel.along(vessel.speed * 60)
