#!/usr/bin/env python3
"""Makes the day of 24 November 2021, the same bytes every time: tools/make_2021_11_24.py [FOLDER].

A reconstruction from what was published, row by row with its source; the day's README says what it is and what it is not. Only what
the sources that were read say stands in it: a place that they do not give is a range, a time that they do not give is a span, and what
they do not say is left out. Nobody aboard is identified. Python's standard library only.
"""
import json
import pathlib
import sys
from datetime import datetime, timedelta

ROOT = pathlib.Path(__file__).resolve().parents[1]
BOAT = "Charlie"
DOVER, GRIS_NEZ = "MRCC Dover", "CROSS Gris-Nez"

# Places as ranges (centre, radius [m]). None of the night's positions was published in what was read.
BEACH = ([2.22, 51.00], 10_000)         # "beach near Dunkirk / Loon-Plage (51.00 N 2.22 E approx.)"
FRENCH_WATERS = ([1.99, 51.07], 20_000)  # from that beach to the line between French and British waters
AT_THE_LINE = ([1.78, 51.165], 12_000)  # "position in English waters", crossing the line
FOUND = ([1.884, 51.0967], 7_500)       # half way between the two published places of the finding; holds both

# Sources, as the rows name them.
FR_FILE = "judicial file, as reported"
LAVENIR = f"Source: lavenir.net, Le Monde of 13 November 2022 ({FR_FILE})."
KENT = f"Source: kentonline 277093, Le Monde ({FR_FILE})."
SKY = "Source: Sky, in a copy of 5 March 2025 (stated at the public inquiry)."

# Decisions that the sources tell of without the words, and often without who took them.
AS_AN_ORDER = "No source gives an order: written as one here, to see what this record answers"


def at(text):
    return datetime.fromisoformat(text)


class Reports:
    def __init__(self):
        self.lines = []

    def add(self, time, kind, source, **fields):
        """`time` as "HH:MM" of the night, "HH:MM..HH:MM" for a span, or a whole date with time, or "date..date"."""
        first, _, last = time.partition("..")
        begin = at(first if "-" in first else f"2021-11-24T{first}")
        end = at(last if "-" in last else f"2021-11-24T{last}") if last else begin
        error = (end - begin).total_seconds() / 2
        middle = begin + timedelta(seconds=error)
        report = {"id": f"X{len(self.lines) + 1:02}", "time": middle.isoformat(timespec="milliseconds") + "Z", "kind": kind, "from": source}
        if error:
            report["time_error_s"] = error
        place = fields.pop("place", None)
        if place:
            report["at"], report["error_m"] = place
        report.update(fields)
        self.lines.append((middle, report))

    def text(self):
        """Each line no earlier than the one before, but for what was known only later than it was seen: that stands where it was known."""
        return "".join(json.dumps(report, ensure_ascii=False) + "\n" for _, report in self.lines)


def night(r):
    """What one or the other side is said to have known at the time."""
    r.add("00:26", "call", "HM Coastguard", boat=BOAT, distress=True,
          text="First mayday-type call recorded in the United Kingdom; no place of it was published. That it came from this boat is hindsight. "
               "Source: Daily Mail of 9 November 2023, reporting MAIB 7/2023 (second-hand).")
    r.add("00:48", "call", GRIS_NEZ, boat=BOAT, distress=True, place=FRENCH_WATERS,
          text=f"First call from the boat to {GRIS_NEZ}, from French waters; the place is a range. {LAVENIR}")
    r.add("00:51", "call", GRIS_NEZ, boat=BOAT, distress=True, place=FRENCH_WATERS,
          text=f"A call of 14 minutes to {GRIS_NEZ}, from French waters; the place is a range. {KENT}")
    r.add("01:05..01:06", "call", GRIS_NEZ, boat=BOAT, distress=True, place=FRENCH_WATERS,
          text=f"The boat's location is sent to {GRIS_NEZ}; its value was not published in what was read, so the place is a range. No unit is sent. "
               "Source: lavenir.net; kentonline (reported).")
    r.add("01:05..01:06", "call", DOVER, boat=BOAT,
          text=f"{GRIS_NEZ} telephones {DOVER}. Source: lavenir.net; kentonline (reported).")
    r.add("01:28", "call", GRIS_NEZ, boat=BOAT, distress=True, place=AT_THE_LINE,
          text=f"{GRIS_NEZ} has a position in English waters, at the line; the place is a range. A call to {GRIS_NEZ} is transferred to 999. "
               "Whether coordination was offered or accepted, the source does not say. Source: Radio France (reported).")
    r.add("01:30", "call", DOVER, boat=BOAT, distress=True,
          text=f"About 01:30: {DOVER} gets a distress call from aboard. Source: Standard (stated at the opening of the public inquiry).")
    r.add("01:30", "order", DOVER, boat=BOAT, task="rescue", unit="HMC Valiant", text=f"Shortly after 01:30: HMC Valiant is tasked. {SKY}")
    r.add("02:22", "unit_position", "HMC Valiant", unit="HMC Valiant", at=[1.315, 51.12],
          text=f"HMC Valiant leaves. The sources give no place: this is the berth in this day's list of units. {SKY}")
    r.add("02:31", "call", GRIS_NEZ, boat=BOAT, distress=True, people_in_water=True,
          text="A caller: 'I am in the water'. The answer: 'You are in English waters'. "
               f"Source: francebleu of 16 November 2022 ({FR_FILE}).")
    r.add("03:16", "call", GRIS_NEZ, boat=BOAT, distress=True,
          text="The last exchange, as one source has it (another: 03:22). Source: lavenir.net; ilmanifesto.it (reported).")
    r.add("03:22", "call", GRIS_NEZ, boat=BOAT, distress=True,
          text=f"The last of fifteen calls to {GRIS_NEZ} since 01:43, as another source has it. Source: lavenir.net (reported).")
    r.add("03:34", "order", GRIS_NEZ, boat=BOAT, task="end_search", reason=f"it is told that {GRIS_NEZ} closed its operation, assuming a British rescue. {AS_AN_ORDER}",
          text="Source: kentonline 277093 (reported).")


def another_boat(r):
    """What the sources date no better than after HMC Valiant left and before the finding."""
    span = "02:22..12:49"
    r.add(span, "recovered", "HMC Valiant", unit="HMC Valiant",
          text="HMC Valiant recovers another boat. Neither the hour nor how many were aboard is in the sources read; the span begins with her "
               "leaving and ends with the finding. Source: Daily Mail (MAIB finding).")
    r.add(span, "order", DOVER, boat=BOAT, other="I2", task="confirm_same", reason=f"it is told that the boat recovered was wrongly taken to be Charlie. {AS_AN_ORDER}",
          text="Source: Daily Mail (MAIB finding).")
    r.add(span, "order", DOVER, boat=BOAT, task="end_search", reason=f"it is told that the search for Charlie ceased. {AS_AN_ORDER}",
          text="Source: Daily Mail (MAIB finding).")


def finding(r):
    r.add("12:39..12:59", "sighting", "FV Saint-Jacques 2", boat=BOAT, craft="inflatable", place=FOUND, empty=True, dead=15,
          text="About 15 bodies over a few hundred metres, and a deflated boat. That they were of this boat was established later. The two "
               "published places are 14 km apart; the range holds both. Source: france-fraternites.org (Le Monde); MAIB by safety4sea; IOM.")
    r.add("12:39..12:59", "recovered", "rescue services", boat=BOAT, unit="units not named in what was read", place=FOUND, persons=29, dead=27,
          text="27 bodies and 2 survivors are recovered; the hour of each and where the survivors were brought is not in the sources read; the "
               "place is a range. Source: france-fraternites.org (Le Monde).")


def published(r):
    """What was known only when somebody published it, in the order of publication; undated copies last."""
    def says(time, source, subject, text, status="disputed", **fields):
        r.add(time, "claim", source, boat=BOAT, subject=subject, status=status, about="2021-11-24", text=text, **fields)

    says("2021-12-01..2022-01-01", "HM Coastguard", "boats_recovered", "Three small boats were recovered in all. Statement of December 2021.",
         "provisional", boats=3)
    says("2022-11-13", "lavenir.net, Le Monde", "crossing_the_line", f"At 01:10 the boat was still in French waters ({FR_FILE}).")
    says("2022-11-13", "Le Monde, in a copy", "mayday_relay",
         "Dover sent four messages on channel 16; that FS Flamant was not keeping watch on it is alleged in the judicial file.")
    says("2022-11-13", "lavenir.net, ilmanifesto.it", "sinking", f"Capsized about 03:16 ({FR_FILE}).")
    says("2022-11-13", "Radio France", "crossing_the_line", f"At 01:28 {GRIS_NEZ} had a position in English waters ({FR_FILE}).")
    says("2022-11-13", "lavenir.net", "last_call", f"The last of fifteen calls to {GRIS_NEZ} was at 03:22 ({FR_FILE}).")
    says("2022-11-13", "lavenir.net, ilmanifesto.it", "last_call", f"The last exchange with {GRIS_NEZ} was at 03:16 ({FR_FILE}).")
    maib = "MAIB 7/2023, in the Daily Mail of 9 November 2023"
    says("2023-11-09", maib, "sinking", "Between 03:12 and 03:33 by the telephones; time and place officially unknown.", "final")
    says("2023-11-09", maib, "who_coordinated", "Another boat was wrongly taken to be Charlie, and the search for Charlie ceased.", "final")
    says("2023-11-09", "MAIB 7/2023, by safety4sea.com", "mayday_relay", "Dover broadcast a Mayday Relay.", "final")
    says("2023-11-09", "MAIB 7/2023, by safety4sea.com", "departure", "About 21:00 on 23 November.", "final")
    says("2023-11-09", "MAIB 7/2023, by safety4sea.com", "aboard", "About 33.", "final", persons=33)
    says("2023-11-09", "MAIB 7/2023, by safety4sea.com", "place_found", "About 9 nautical miles from Calais, in French waters, about 13:00.", "final")
    # Seen by nobody who told it at the time: so it stands here, where it was known.
    r.add("2021-11-23T20:00..2021-11-23T23:00", "sighting", "MAIB 7/2023, by safety4sea.com", boat=BOAT, craft="inflatable", place=BEACH, persons=33,
          text="The boat leaves a beach near Dunkirk with about 33 aboard; the sources give 20:00 to 23:00, and the place is a range.")
    says("2025-03-05", "Sky, in a copy", "unit_sent",
         "HMC Valiant was tasked shortly after 01:30 and left at 02:22 (stated at the public inquiry).", "provisional")
    undated = "2021-11-25..2026-11-01"
    says(undated, "Cranston Inquiry, day 1", "aboard", "About 33; they gathered on a beach about 21:00, after a walk of about two hours.",
         persons=33)
    says(undated, "Standard (opening of the Cranston Inquiry)", "departure", "Shortly after 22:00 on 23 November.")
    says(undated, "Sky, in a copy (a survivor)", "departure", "About 20:00 on 23 November, from Loon-Plage.")
    says(undated, "kentonline 277093", "who_coordinated", f"At 03:34 {GRIS_NEZ} closed its operation, assuming a British rescue ({FR_FILE}).")
    says(undated, "francebleu", "who_coordinated", f"At 02:31 a caller who said 'I am in the water' was told 'You are in English waters' ({FR_FILE}).")
    says(undated, "Sky, AIS analysis, in a copy", "units_near",
         "At 03:00 (time zone not stated) HMC Valiant and FS Flamant were 8 miles apart; a helicopter from Lydd was airborne 45 minutes later.")
    says(undated, "fr.wikipedia, in a copy", "place_found", "51°09'27\"N 001°50'57\"E.", at=[1.84917, 51.1575])
    says(undated, "IOM", "place_found", "51.035818 N 1.91888 E, approximate.", at=[1.91888, 51.035818])


DAY = '''# Made by tools/make_2021_11_24.py; README.md beside this file says what it is made of.
name = "2021-11-24"
title = "The Dover Strait, 24 November 2021: a reconstruction"
exercise = true
notice = "EXERCISE. A reconstruction from published sources that disagree; it finds nothing and blames nobody. Places are ranges, and who coordinates is what this program's rules give, not what happened."
start = "2021-11-24T00:00:00Z"
end = "2021-11-24T13:30:00Z"
seed = 20211124
units = "units.toml"

[[feed]]
kind = "reports"
name = "reports"
file = "reports.jsonl"

# No [sea]: no wind, wave or current of that night is in the sources read, so no forecast can be made, and the record says so.
'''

UNITS = '''# The two units whose names the sources give with a part in the search, and what data/units/channel.toml says of them.

[[unit]]
name = "HMC Valiant"
kind = "cutter"
state = "UK"
centre = "MRCC Dover"
base = "Dover"
home = [1.315, 51.12]
speed_kn = 26
capacity = 100
'''


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    reports = Reports()
    night(reports)
    another_boat(reports)
    finding(reports)
    published(reports)
    (folder / "reports.jsonl").write_text(reports.text(), encoding="utf-8")
    (folder / "units.toml").write_text(UNITS, encoding="utf-8")
    (folder / "day.toml").write_text(DAY, encoding="utf-8")


if __name__ == "__main__":
    make(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data/days/2021-11-24")
