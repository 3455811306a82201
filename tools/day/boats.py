"""The thirty-six boats and the two kayaks: who sets out from where, with how many aboard. Made up, but for the sums."""
import dataclasses

from .water import Draw, xy

PEOPLE, BOATS = 1250, 36
ALPHABET = ("Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra "
            "Tango Uniform Victor Whiskey X-ray Yankee Zulu").split()
BEACHES = [("Sangatte", 1.748, 50.962), ("Wissant", 1.648, 50.899), ("Ambleteuse", 1.583, 50.812), ("Wimereux", 1.590, 50.778),
           ("Oye-Plage", 2.045, 51.010), ("Gravelines", 2.085, 51.022), ("Loon-Plage", 2.180, 51.030), ("Marck", 1.945, 50.990),
           ("Le Portel", 1.552, 50.708), ("Hardelot", 1.560, 50.640)]
# Off the English shore, where one would come ashore.
SHORES = [("St Margaret's Bay", 1.395, 51.150), ("Kingsdown", 1.412, 51.185), ("Samphire Hoe", 1.275, 51.093), ("Folkestone", 1.215, 51.071),
          ("Dungeness", 0.992, 50.915), ("Deal", 1.418, 51.225)]
WRONG_COUNT = 21    # of whom those who call say too many
SECOND_CALL = 6     # for whom somebody calls again without saying which boat
ASKED_FOR = 8       # whom an official asks to be turned round
TAKES_WATER = (13, 31)


def label(number):
    """Alpha, Bravo, …, Zulu, Alpha 2, …"""
    return ALPHABET[number % 26] + (" 2" if number >= 26 else "")


@dataclasses.dataclass
class Boat:
    number: int             # in order of setting out
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
    state: str = "ashore"   # ashore, under way, stopped, met (people go over), empty, collected, landed
    known: bool = False
    label: str = ""         # what the operations rooms call her, in order of being known
    in_french: bool = True
    known_at: int = 0
    unit: str | None = None      # who takes them aboard
    escort: str | None = None    # who keeps by her on the French side
    emptied_at: int = 0
    adrift_until: int = 0        # when the empty boat is collected
    track: dict = dataclasses.field(default_factory=dict)  # seconds: (lon, lat)


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
        boats.append(Boat(number, people[number], beach, SHORES[aim], begin, d.uniform(1.7, 2.6), d.uniform(5000, 15000), on_own,
                          d.uniform(21000, 26000) if number in (2, 13, 20, 31) else None))
        boats[-1].at = xy(*beach[1:])
    return boats


class Kayak:
    """Left the beach at Marck, adrift since; nobody saw from when on it was empty."""

    def __init__(self, number, begin, place):
        self.label, self.begin, self.at, self.found = f"Kayak {number}", begin, xy(*place), False
        self.track = {}


def make_kayaks():
    return [Kayak(1, 25200, (1.938, 51.014)), Kayak(2, 25800, (1.915, 51.017))]
