#pragma once
/// The desk's craft and incidents in the terms of CISE's data model 1.5.3 (EMSA): the payload of a message,
/// which a CISE node's adaptor wraps, signs and sends. docs/exchange.md has the table of terms, and what of
/// either side has none on the other.

#include <string>

#include "varne/room/room.h"

namespace varne {

/// Every craft that says who she is and every unit that was heard of, as Vessel or Aircraft (the units that
/// fly): an XmlEntityPayload.
std::string cise_vessels(const Room& room);

/// Every open incident as MaritimeSafetyIncident, its boat as an involved Vessel: an XmlEntityPayload.
/// Whether those aboard migrate, and in whose eyes irregularly, Varne does not say; so none is an
/// IrregularMigrationIncident. Nobody aboard is named: there is no Person in it.
std::string cise_incidents(const Room& room);

}  // namespace varne
