"""The units of both sides. Speeds and room as in data/units/channel.toml; the MMSIs are made up."""
import dataclasses


@dataclasses.dataclass
class Unit:
    name: str
    kind: str
    state: str
    base: str
    home: tuple
    speed_kn: int
    capacity: int
    mmsi: int | None = None   # None: says nothing on AIS
    beat: tuple = ()          # where she goes up and down
    lands_at_base: bool = False

    @property
    def centre(self):
        return "MRCC Dover" if self.state == "UK" else "CROSS Gris-Nez"


UNITS = [
    Unit("RNLI Dungeness", "lifeboat", "UK", "Dungeness", (0.985, 50.920), 25, 79, 299100001, lands_at_base=True),
    Unit("RNLI Dover", "lifeboat", "UK", "Dover", (1.336, 51.116), 25, 185, 299100002),
    Unit("RNLI Ramsgate", "lifeboat", "UK", "Ramsgate", (1.422, 51.329), 25, 70, 299100003, lands_at_base=True),
    Unit("HMC Valiant", "cutter", "UK", "Dover", (1.330, 51.115), 26, 100, 299100004),
    Unit("HMC Searcher", "cutter", "UK", "Ramsgate", (1.425, 51.327), 26, 100, 299100005),
    Unit("HM Coastguard Lydd", "helicopter", "UK", "Lydd", (0.939, 50.956), 145, 8, 111299001),
    Unit("Abeille Languedoc", "tug", "FR", "Boulogne-sur-Mer", (1.585, 50.728), 15, 150, 299200001,
         ((1.42, 50.74), (1.46, 50.84), (1.52, 50.80), (1.48, 50.70))),
    Unit("SNSM Calais", "lifeboat", "FR", "Calais", (1.853, 50.966), 20, 40, 299200002,
         ((1.84, 50.985), (1.76, 51.00), (1.82, 51.03), (1.95, 51.05))),
    Unit("Flamant", "patrol", "FR", "Cherbourg", (-1.630, 49.650), 22, 80, None,
         ((1.55, 50.92), (1.66, 50.99), (1.80, 51.06), (1.66, 50.99))),
    Unit("Dauphin Le Touquet", "helicopter", "FR", "Le Touquet", (1.627, 50.517), 135, 6, 111299002)]


def toml():
    out = ["# Units of the exercise, as in data/units/channel.toml, with MMSIs that are made up. Made by tools/make_day.py.\n"]
    for u in UNITS:
        out.append(f'[[unit]]\nname = "{u.name}"\nkind = "{u.kind}"\nstate = "{u.state}"\ncentre = "{u.centre}"\nbase = "{u.base}"\n'
                   f"home = [{u.home[0]}, {u.home[1]}]\nspeed_kn = {u.speed_kn}\ncapacity = {u.capacity}\n"
                   + (f"mmsi = {u.mmsi}\n" if u.mmsi else "# says nothing on AIS; her reports give where she is\n"))
    return "\n".join(out)
