"""The reports of the day: who says what, when. One JSON object a line, as docs/feeds.md has it."""
import json

from .water import Draw

DOVER, GRIS_NEZ = "MRCC Dover", "CROSS Gris-Nez"
PREVENTED = [(3000, 31, "Dunkerque", (2.36, 51.06)), (11400, 24, "Gravelines", (2.10, 51.005)), (16800, 18, "Wimereux", (1.605, 50.77)),
             (20700, 15, "Sangatte", (1.755, 50.947)), (29700, 11, "Hardelot", (1.575, 50.633))]


def iso(t):
    return f"2021-11-11T{t // 3600:02d}:{t // 60 % 60:02d}:{t % 60:02d}Z"


class Reports:
    def __init__(self):
        self.lines = []
        self.number = 0

    def add(self, t, kind, sender, **fields):
        self.number += 1
        when = t if isinstance(t, str) else iso(int(t))
        body = {"id": f"E{self.number:04d}", "time": when, "kind": kind, "from": sender}
        if "at" in fields:
            fields["at"] = [round(fields["at"][0], 4), round(fields["at"][1], 4)]
        body.update(fields)
        self.lines.append((when, self.number, json.dumps(body, ensure_ascii=False, separators=(",", ":"))))

    def text(self):
        return "\n".join(line for _, _, line in sorted(self.lines)) + "\n"

    def take(self, what, t, boat, **more):
        getattr(self, what)(t, boat, **more)

    # --- what happens to a boat

    def first_word(self, t, boat, french, place):
        d = Draw("word", boat.number)
        low, high = boat.people - d.whole(0, 6), boat.people + d.whole(0, 9)
        centre = GRIS_NEZ if french else DOVER
        error = d.whole(3, 12) * 100
        if boat.on_own:
            self.add(t, "sighting", "coastguard lookout", boat=boat.label, craft="inflatable", at=place, error_m=800,
                     persons=[low, high], text="Exercise. Close to the shore, under way.")
        elif d.uniform() < 0.45:
            fields = {"children": d.whole(1, 5)} if d.uniform() < 0.4 else {}
            self.add(t, "call", "caller aboard", boat=boat.label, craft="inflatable", at=place, error_m=error,
                     persons=[low, high], distress=True, text=f"Exercise. Call taken by {centre}.", **fields)
        else:
            self.add(t, "sighting", d.of(["passing ferry", "passing ship", "SNSM Calais", "Flamant"]) if french else "passing ship",
                     boat=boat.label, craft="inflatable", at=place, error_m=error, persons=[low, high],
                     text=f"Exercise. Under way, relayed by {centre}.")

    def crossed(self, t, boat, place):
        self.add(t, "sighting", GRIS_NEZ, boat=boat.label, craft="inflatable", at=place, error_m=500,
                 text="Exercise. Crossing the limit of the rescue regions.")
        self.add(t + 1, "order", GRIS_NEZ, boat=boat.label, task="hand_over", to=DOVER,
                 text="Exercise. Agreed by telephone.")

    def engine_stopped(self, t, boat, french, place):
        water = boat.number in (13, 31)
        self.add(t, "call", "caller aboard", boat=boat.label, craft="inflatable", at=place, error_m=300, distress=True,
                 engine_stopped=True, taking_water=water, text="Exercise. The engine has stopped."
                 + (" Water in the boat." if water else ""))

    def tasked(self, t, boat, vessel):
        self.add(t + 90, "order", DOVER, boat=boat.label, task="rescue", unit=vessel.name, text="Exercise.")

    def recovered(self, t, boat, vessel, place):
        self.add(t, "recovered", vessel.name, boat=boat.label, craft="inflatable", at=place, persons=boat.people, unit=vessel.name,
                 text="Exercise. All aboard, nobody in the water.")
        self.add(t + 20, "sighting", vessel.name, boat=boat.label, craft="inflatable", at=place, empty=True,
                 text="Exercise. Nobody left in the boat; marked and left.")

    def brought_in(self, t, boat, vessel):
        self.add(t, "landing", vessel.name, boat=boat.label, persons=boat.people, unit=vessel.name, port="Dover", country="UK",
                 text="Exercise.")

    def landed_on_own(self, t, boat):
        self.add(t + 600, "landing", "Border Force, shore", boat=boat.label, persons=boat.people, port=boat.shore[0], country="UK",
                 at=(boat.shore[1], boat.shore[2]), text="Exercise. Came ashore on their own.")

    # --- the rest of the day

    def ashore(self):
        for t, people, where, place in PREVENTED:
            self.add(t, "departure_prevented", "gendarmerie", persons=people, port=where, country="FR", at=place, boats=1,
                     text="Exercise. Stopped on the beach before leaving.")

    def kayaks(self, first, second):
        """Two kayaks: called in from the shore, found empty, three people not found."""
        self.add(45000, "call", "somebody ashore at Sangatte", boat="Kayak 1", craft="kayak", persons=2, at=(1.72, 50.975), error_m=6000,
                 text="Exercise. Two people left in a kayak at about 07:00 and have not been heard of since.")
        self.add(45060, "call", "somebody ashore at Sangatte", boat="Kayak 2", craft="kayak", persons=1, at=(1.72, 50.975), error_m=6000,
                 text="Exercise. One more in a second kayak.")
        self.add(46800, "sighting", "SNSM Calais", boat="Kayak 1", craft="kayak", at=first, error_m=100, empty=True,
                 text="Exercise. Adrift off Calais, nobody in it.")
        self.add(47100, "order", GRIS_NEZ, boat="Kayak 1", task="search", unit="Dauphin Le Touquet", text="Exercise.")
        self.add(48600, "sighting", "Abeille Languedoc", boat="Kayak 2", craft="kayak", at=second, error_m=100, empty=True,
                 text="Exercise. Adrift, nobody in it.")
        self.add(48900, "order", GRIS_NEZ, boat="Kayak 2", task="search", unit="SNSM Calais", text="Exercise.")

    def asked_from_above(self, boat):
        """What was asked for that day's like, and what it changes: nothing."""
        t = boat.begin + 9000
        self.add(t, "order", "an official ashore", boat=boat.label, task="turn_round", role="minister", unit="HMC Searcher",
                 text="Exercise. A request; no power to turn boats round is in this record.")
        self.add(t + 240, "consent", "HMC Searcher", boat=boat.label, unit="HMC Searcher", role="captain", given=False,
                 response="turn_round", text="Exercise. Not with people aboard a boat like this.")

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
