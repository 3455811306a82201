"""The reports of the day: who says what, when. One JSON object a line, as docs/feeds.md has it."""
import json

from .boats import ASKED_FOR, TAKES_WATER, WRONG_COUNT
from .water import Draw, apart, course, lonlat, xy

DOVER, GRIS_NEZ = "MRCC Dover", "CROSS Gris-Nez"
PREVENTED = [(3000, 31, "Dunkerque", (2.36, 51.06)), (11400, 24, "Gravelines", (2.10, 51.005)), (16800, 18, "Wimereux", (1.605, 50.77)),
             (20700, 15, "Sangatte", (1.755, 50.947)), (29700, 11, "Hardelot", (1.575, 50.633))]


def iso(t):
    return f"2021-11-11T{t // 3600:02d}:{t // 60 % 60:02d}:{t % 60:02d}Z"


def about(place, error_m, *key):
    """Where somebody says it is who is right to within `error_m` in nineteen of twenty cases."""
    d = Draw("about", *key)
    x, y = xy(*place)
    return lonlat(x + 0.4 * error_m * d.normal(), y + 0.4 * error_m * d.normal())


class Reports:
    def __init__(self):
        self.bodies = []
        self.second_call_id = None

    def add(self, t, kind, sender, **fields):
        when = t if isinstance(t, str) else iso(int(t))
        body = {"id": f"E{len(self.bodies) + 1:04d}", "time": when, "kind": kind, "from": sender}
        if "at" in fields:
            fields["at"] = [round(fields["at"][0], 4), round(fields["at"][1], 4)]
        body.update(fields)
        self.bodies.append(body)
        return body["id"]

    def text(self):
        lines = [json.dumps(body, ensure_ascii=False, separators=(",", ":")) for body in self.in_order()]
        return "\n".join(lines) + "\n"

    def in_order(self):
        return sorted(self.bodies, key=lambda body: (body["time"], body["id"]))

    def take(self, what, t, boat, **more):
        getattr(self, what)(t, boat, **more)

    # --- what happens to a boat

    def first_word(self, t, boat, french, place):
        d = Draw("word", boat.number)
        low, high = boat.people - d.whole(0, 6), boat.people + d.whole(0, 9)
        if boat.number == WRONG_COUNT:
            low, high = boat.people + 3, boat.people + 9
        centre = GRIS_NEZ if french else DOVER
        error = 800 if boat.on_own else d.whole(3, 12) * 100
        where = {"boat": boat.label, "craft": "inflatable", "at": about(place, error, "first", boat.number), "error_m": error,
                 "persons": [low, high]}
        if boat.on_own:
            self.add(t, "sighting", "coastguard lookout", **where, text="Exercise. Close to the shore, under way.")
        elif boat.number == WRONG_COUNT or d.uniform() < 0.45:
            fields = {"children": d.whole(1, 5)} if d.uniform() < 0.4 else {}
            self.add(t, "call", "caller aboard", **where, distress=True, **fields, text=f"Exercise. Call taken by {centre}.")
        else:
            who = d.of(["passing ferry", "passing ship", "fishing boat", "lookout at Cap Gris-Nez"]) if french else "passing ship"
            self.add(t, "sighting", who, **where, text=f"Exercise. Under way, relayed by {centre}.")

    def escorted(self, t, boat, vessel):
        self.add(t + 30, "order", GRIS_NEZ, boat=boat.label, task="escort", unit=vessel.name, text="Exercise.")

    def escort_arrived(self, t, boat, vessel, place):
        d = Draw("escort", boat.number)
        self.add(t, "sighting", vessel.name, boat=boat.label, craft="inflatable", at=place, error_m=100,
                 persons=[boat.people - d.whole(0, 4), boat.people + d.whole(0, 4)],
                 text="Exercise. Under way; they do not want help here. Keeping by the boat.")

    def crossed(self, t, boat, place):
        error = 200 if boat.escort else 600
        self.add(t, "sighting", GRIS_NEZ, boat=boat.label, craft="inflatable", at=about(place, error, "crossed", boat.number), error_m=error,
                 text="Exercise. Crossing the limit of the rescue regions.")
        self.add(t + 1, "order", GRIS_NEZ, boat=boat.label, task="hand_over", to=DOVER, text="Exercise. Proposed by telephone.")
        self.add(t + 61, "order", DOVER, boat=boat.label, task="accept_hand_over", text="Exercise. Accepted by telephone.")

    def second_call(self, t, boat, place):
        """Somebody calls the other side and does not say which boat."""
        self.second_call_id = self.add(t, "call", "caller at sea", craft="inflatable", at=about(place, 1500, "second", boat.number),
                                       error_m=1500, text=f"Exercise. Call taken by {DOVER}; broke off before it was clear which boat.")

    def engine_stopped(self, t, boat, place):
        water = {"taking_water": True} if boat.number in TAKES_WATER else {}
        self.add(t, "call", "caller aboard", boat=boat.label, craft="inflatable", at=about(place, 300, "engine", boat.number), error_m=300,
                 distress=True, engine_stopped=True, **water,
                 text="Exercise. The engine has stopped." + (" Water in the boat." if water else ""))

    def tasked(self, t, boat, vessel):
        self.add(t + 90, "order", DOVER, boat=boat.label, task="rescue", unit=vessel.name, text="Exercise.")
        if boat.number == ASKED_FOR:  # what was asked for that autumn, and what it changes: nothing
            self.add(t + 690, "order", "an official ashore", boat=boat.label, task="turn_round", role="minister", unit=vessel.name,
                     text="Exercise. A request; no power to turn boats round is in this record.")
            self.add(t + 930, "consent", vessel.name, boat=boat.label, unit=vessel.name, role="captain", given=False,
                     response="turn_round", text="Exercise. Not with people aboard a boat like this.")

    def recovered(self, t, boat, vessel, place):
        hurt = {"injured": 2} if boat.number in TAKES_WATER else {}
        self.add(t, "recovered", vessel.name, boat=boat.label, craft="inflatable", at=place, persons=boat.people, unit=vessel.name, **hurt,
                 text="Exercise. All aboard, nobody in the water." + (" Two very cold." if hurt else ""))
        self.add(t + 20, "sighting", vessel.name, boat=boat.label, craft="inflatable", at=place, empty=True,
                 text="Exercise. Nobody left in the boat; marked, adrift until it is collected.")

    def brought_in(self, t, boat, vessel):
        self.add(t, "landing", vessel.name, boat=boat.label, persons=boat.people, unit=vessel.name, port=vessel.port[0], country="UK",
                 text="Exercise.")
        if boat.number == WRONG_COUNT:
            self.add(t + 2400, "order", DOVER, boat=boat.label, task="settle_count", persons=boat.people,
                     text="Exercise. All of them were asked ashore: nobody was left behind, the caller had guessed.")

    def landed_on_own(self, t, boat):
        self.add(t + 600, "landing", "Border Force, shore", boat=boat.label, persons=boat.people, port=boat.shore[0], country="UK",
                 at=(boat.shore[1], boat.shore[2]), text="Exercise. Came ashore on their own.")

    # --- the kayaks: called in from the shore, found empty, three people not found

    def kayaks_missed(self, kayaks):
        told = [(2, "Two people left Marck in a kayak at about 07:00 and have not been heard of since."), (1, "One more in a second kayak.")]
        for number, (kayak, (persons, words)) in enumerate(zip(kayaks, told)):
            self.add(45000 + 60 * number, "call", "somebody ashore at Marck", boat=kayak.label, craft="kayak", persons=persons,
                     at=(1.93, 51.01), error_m=6000, text="Exercise. " + words)

    def kayak_sought(self, t, kayak, vessel):
        self.add(t + 30, "order", GRIS_NEZ, boat=kayak.label, task="search", unit=vessel.name, text="Exercise.")

    def kayak_found(self, t, kayak, vessel, place):
        self.add(t, "sighting", vessel.name, boat=kayak.label, craft="kayak", at=place, error_m=100, empty=True,
                 text="Exercise. Adrift off Calais, nobody in it.")

    def flown(self, t, boat, unit):
        self.add(t, "order", GRIS_NEZ, boat=boat.label, task="search", unit=unit, text="Exercise.")

    # --- the rest of the day

    def ashore(self):
        for t, people, where, place in PREVENTED:
            self.add(t, "departure_prevented", "gendarmerie", persons=people, port=where, country="FR", at=place, boats=1,
                     text="Exercise. Stopped on the beach before leaving.")

    def no_ais(self, vessel):
        """A unit that is not on AIS says every twenty minutes where she is."""
        for t in range(1200, 86400, 1200):
            before, now = xy(*vessel.track[t - 60]), xy(*vessel.track[t])
            moving = {"course_deg": round(course(before, now)), "speed_kn": round(apart(before, now) / 60 * 3600 / 1852, 1)}
            self.add(t, "unit_position", vessel.name, unit=vessel.name, at=lonlat(*now), **moving, text="Exercise.")

    def second_call_settled(self, t, boat):
        """Those who know say that the call without a label was a known boat's. The incident it opened is named by its number:
        incidents count up as boats are first heard of, and a report without a label is a boat of its own."""
        known, number = set(), 0
        for body in self.in_order():
            if body["kind"] in ("call", "sighting", "recovered", "landing") and body.get("boat") not in known:
                number += 1
                known.add(body.get("boat") or body["id"])
                if body["id"] == self.second_call_id:
                    break
        self.add(t, "order", GRIS_NEZ, boat=f"I{number}", task="settle_count", persons=0,
                 text=f"Exercise. Those taken off {boat.label} say that they made this call; it was no other boat.")

    def published(self):
        day = {"about": "2021-11-11"}
        self.add("2021-11-12T08:00:00Z", "claim", "Home Office, as the press reported it", subject="arrived", persons=1185,
                 status="provisional", text="First publication, the day after.", **day)
        self.add("2021-11-12T08:00:01Z", "claim", "French authorities, as the press reported it", subject="prevented", persons=99,
                 status="provisional", text="Stopped on the French side.", **day)
        self.add("2021-11-12T08:00:02Z", "claim", "the press, adding both", subject="set_out", persons=1284, status="disputed",
                 text="1,284 = 99 + 1,185; leaves out the missing, and the arrivals were revised.", **day)
        self.add("2026-08-01T00:00:00Z", "claim", "Home Office, daily time series as revised to August 2026", subject="arrived",
                 persons=1250, boats=36, status="final", text="When the figure first became final is not known here.", **day)
        self.add("2026-08-01T00:00:01Z", "claim", "Home Office, daily time series as revised to August 2026",
                 subject="cumulative_arrived", persons=23622, status="final", text="1 January to 11 November 2021; 22,372 to the 10th.", **day)
