"""The thirty-six boats and those who meet them, minute by minute. Made up, but for the sums."""
import dataclasses

from .water import KNOT, Draw, apart, lonlat, xy

PEOPLE, BOATS = 1250, 36
ALPHABET = ("Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra "
            "Tango Uniform Victor Whiskey X-ray Yankee Zulu").split()
BEACHES = [("Sangatte", 1.748, 50.962), ("Wissant", 1.648, 50.899), ("Ambleteuse", 1.583, 50.812), ("Wimereux", 1.590, 50.778),
           ("Oye-Plage", 2.045, 51.010), ("Gravelines", 2.085, 51.022), ("Loon-Plage", 2.180, 51.030), ("Marck", 1.945, 50.990),
           ("Le Portel", 1.552, 50.708), ("Hardelot", 1.560, 50.640)]
# Off the English shore; the name is where one would come ashore.
SHORES = [("St Margaret's Bay", 1.395, 51.150), ("Kingsdown", 1.412, 51.185), ("Samphire Hoe", 1.275, 51.093), ("Folkestone", 1.215, 51.071),
          ("Dungeness", 0.992, 50.915), ("Deal", 1.418, 51.225)]
WIND = (2.9, 1.6)  # where the stated south-westerly blows to [m/s]: carries a boat whose engine has stopped


def label(number):
    return ALPHABET[number % 26] + (" 2" if number >= 26 else "")


@dataclasses.dataclass
class Boat:
    number: int
    people: int
    beach: tuple
    shore: tuple
    begin: int
    speed: float            # through the water [m/s]
    known_after: float      # metres from the beach at which somebody first reports her
    on_own: bool            # reaches the shore before anybody meets her
    stops: float | None     # metres after which the engine stops
    at: tuple = (0.0, 0.0)  # plane
    gone: float = 0.0
    state: str = "ashore"   # ashore, under way, stopped, met, landed
    known: bool = False
    in_french: bool = True
    unit: str | None = None
    track: list = dataclasses.field(default_factory=list)  # (seconds, lon, lat, speed)

    @property
    def label(self):
        return label(self.number)


def make_boats():
    draw = Draw("boats")
    people = [draw.whole(16, 53) for _ in range(BOATS)]
    while sum(people) != PEOPLE:
        i = draw.whole(0, BOATS - 1)
        step = 1 if sum(people) < PEOPLE else -1
        if 12 <= people[i] + step <= 58:
            people[i] += step
    boats = []
    for number in range(BOATS):
        d = Draw("boat", number)
        beach = BEACHES[d.whole(0, 9)]
        aim = d.whole(0, 5)
        if beach[1] < 1.60:                         # from the south they go for Dungeness and Folkestone
            aim = d.of([3, 4, 4])
        elif beach[1] > 1.9:
            aim = d.of([0, 1, 5, 0])
        elif aim == 4:
            aim = 2
        begin = int(1800 + 46000 * number / BOATS + d.uniform(-900, 900)) // 60 * 60
        on_own = number in (5, 11, 17, 22, 29, 34)
        boats.append(Boat(number, people[number], beach, SHORES[aim], begin, d.uniform(2.1, 2.9), d.uniform(5000, 15000), on_own,
                          d.uniform(21000, 26000) if number in (2, 13, 20, 31) else None))
        boats[-1].at = xy(*beach[1:])
    return boats


class Vessel:
    """A unit of the English side that takes people off boats."""

    def __init__(self, name, base, speed_kn, room, home):
        self.name, self.base, self.speed, self.room, self.home = name, base, speed_kn * KNOT * 0.9, room, xy(*home)
        self.at = self.home
        self.aboard = []          # boats whose people are aboard
        self.task = None          # boat to meet
        self.busy_until = 0
        self.first_aboard = 86400  # since when people have been aboard who want to be ashore
        self.state = "moored"     # moored, going, alongside, returning, landing
        self.way = []
        self.track = []

    def free_room(self):
        return self.room - sum(b.people for b in self.aboard)


DOVER = (1.338, 51.113)
CORNERS = {"Ramsgate": [(1.47, 51.31), (1.46, 51.17)], "Dungeness": [(1.005, 50.925)], "Dover": [(1.348, 51.105)]}


def way_round(vessel_at, target, base):
    """Corners between a vessel and where it goes, so that it keeps off the land."""
    a, b = lonlat(*vessel_at), lonlat(*target)
    corners = []
    if (a[1] > 51.2) != (b[1] > 51.2) and (a[0] < 1.46 or b[0] < 1.46):
        north = CORNERS["Ramsgate"]
        corners += north if a[1] > 51.2 else north[::-1]
    if (a[0] < 1.33) != (b[0] < 1.33) and max(a[1], b[1]) > 51.08:
        corners.append((1.335, 51.09))
    return [xy(*c) for c in corners] + [target]


def towards(at, target, metres):
    d = apart(at, target)
    if d <= metres:
        return target, metres - d
    f = metres / d
    return (at[0] + (target[0] - at[0]) * f, at[1] + (target[1] - at[1]) * f), 0.0


class Sea:
    """Everything that moves off the lanes, in steps of a minute; `say(kind, seconds, **fields)` takes the reports."""

    def __init__(self, tide, chart, say):
        self.tide, self.chart, self.say = tide, chart, say
        self.boats = make_boats()
        self.vessels = [Vessel("HMC Valiant", "Dover", 26, 100, (1.330, 51.115)), Vessel("HMC Searcher", "Ramsgate", 26, 100, (1.425, 51.327)),
                        Vessel("RNLI Dover", "Dover", 25, 110, (1.325, 51.117)), Vessel("RNLI Dungeness", "Dungeness", 25, 79, (0.985, 50.920)),
                        Vessel("RNLI Ramsgate", "Ramsgate", 25, 70, (1.422, 51.329))]

    def run(self):
        for t in range(0, 86400, 60):
            for boat in self.boats:
                self.move_boat(boat, t)
            for vessel in self.vessels:
                self.move_vessel(vessel, t)
            self.send_help(t)

    # --- boats

    def move_boat(self, boat, t):
        if boat.state == "ashore" and t >= boat.begin:
            boat.state = "under way"
        if boat.state not in ("under way", "stopped"):
            return
        lon, lat = lonlat(*boat.at)
        u, v = self.tide.at(lon, lat, t)
        if boat.state == "under way":
            target = xy(*boat.shore[1:])
            d = apart(boat.at, target)
            u += (target[0] - boat.at[0]) / d * boat.speed
            v += (target[1] - boat.at[1]) / d * boat.speed
        else:
            u, v = u + WIND[0] * 0.03, v + WIND[1] * 0.03
        boat.at = (boat.at[0] + u * 60, boat.at[1] + v * 60)
        boat.gone = apart(boat.at, xy(*boat.beach[1:]))
        lon, lat = lonlat(*boat.at)
        boat.track.append((t + 60, lon, lat, (u * u + v * v) ** 0.5))
        self.report_boat(boat, t + 60, lon, lat)
        if boat.state == "under way" and apart(boat.at, xy(*boat.shore[1:])) < 500:
            boat.state = "landed"
            self.say("landed_on_own", t + 60, boat=boat)
            for vessel in self.vessels:
                if vessel.task is boat:  # too late: the vessel goes on with what she has
                    vessel.task, vessel.way = None, None
                    vessel.state = "returning" if vessel.aboard else "homing"

    def report_boat(self, boat, t, lon, lat):
        french = self.chart.french(lon, lat)
        near_shore = apart(boat.at, xy(*boat.shore[1:])) < 6000
        if not boat.known and (near_shore if boat.on_own else boat.gone > boat.known_after):
            boat.known = True
            boat.in_french = french
            self.say("first_word", t, boat=boat, french=french, place=(lon, lat))
        elif boat.known and boat.in_french and not french:
            boat.in_french = False
            self.say("crossed", t, boat=boat, place=(lon, lat))
        if boat.stops and boat.state == "under way" and boat.gone > boat.stops and not french:
            boat.state = "stopped"
            if not boat.known:
                boat.known, boat.in_french = True, french
            self.say("engine_stopped", t, boat=boat, french=french, place=(lon, lat))

    # --- those who help

    def send_help(self, t):
        waiting = [b for b in self.boats if b.known and not b.in_french and b.unit is None and not b.on_own and b.state in ("under way", "stopped")]
        for boat in sorted(waiting, key=lambda b: (b.state != "stopped", b.begin)):
            able = [v for v in self.vessels if v.task is None and v.state in ("moored", "returning", "homing") and t - v.first_aboard < 7200 and v.free_room() >= boat.people]
            if not able:
                continue
            vessel = min(able, key=lambda v: (apart(v.at, boat.at) / v.speed, v.name))
            vessel.task, vessel.state, boat.unit = boat, "going", vessel.name
            vessel.way = None
            self.say("tasked", t, boat=boat, vessel=vessel)

    def move_vessel(self, vessel, t):
        if vessel.state == "alongside" and t >= vessel.busy_until:
            boat, vessel.task = vessel.task, None
            vessel.aboard.append(boat)
            vessel.first_aboard = min(vessel.first_aboard, t)
            vessel.state, vessel.way = "returning", None
            self.say("recovered", t, boat=boat, vessel=vessel, place=lonlat(*vessel.at))
        if vessel.state == "landing" and t >= vessel.busy_until:
            for boat in vessel.aboard:
                self.say("brought_in", t, boat=boat, vessel=vessel)
            vessel.aboard, vessel.state, vessel.way, vessel.first_aboard = [], "homing", None, 86400
        if vessel.state in ("going", "returning", "homing"):
            self.sail(vessel, t)
        vessel.track.append((t + 60, *lonlat(*vessel.at)))

    def sail(self, vessel, t):
        goal = vessel.task.at if vessel.state == "going" else xy(*DOVER) if vessel.state == "returning" else vessel.home
        if vessel.way is None or vessel.state == "going" and len(vessel.way) == 1:
            vessel.way = way_round(vessel.at, goal, vessel.base)
        left = vessel.speed * 60
        while left > 0 and vessel.way:
            vessel.at, left = towards(vessel.at, vessel.way[0], left)
            if apart(vessel.at, vessel.way[0]) < 1:
                vessel.way.pop(0)
        if vessel.way:
            return
        vessel.way = None
        if vessel.state == "going" and apart(vessel.at, vessel.task.at) < 400:
            vessel.task.state = "met"
            vessel.state, vessel.busy_until = "alongside", t + 60 * (12 + vessel.task.people // 5)
        elif vessel.state == "returning":
            vessel.state, vessel.busy_until = "landing", t + 1500
        elif vessel.state == "homing":
            vessel.state = "moored"
