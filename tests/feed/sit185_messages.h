#pragma once
/// Alerts as a mission control centre words them. The beacons do not exist: their hex ids are made of the
/// fields that C/S T.001 gives them, with numbers from nowhere.

#include <string>

namespace varne::test {

struct AlertWords {
  std::string title = "DISTRESS COSPAS-SARSAT INITIAL ALERT";
  std::string number = "00042";
  std::string detected = "11 NOV 2021 0512 UTC";
  std::string user_class = "SERIAL USER-LOCATION - EPIRB\n    SERIAL NO: 4711";
  std::string resolved = "NIL";
  std::string doppler_a = "NIL";
  std::string doppler_b = "NIL";
  std::string doa = "NIL";
  std::string encoded = "NIL";
  std::string hex = "9D0D00499C00000";  ///< user protocol, 232 (United Kingdom), serial, float-free EPIRB
  std::string other = "NIL";
  std::string operational = "NIL";
};

inline std::string alert_text(const AlertWords& w) {
  return "/00042 00000/2320/21 315 0518\n/185/232R\n1.  " + w.title + "\n2.  MSG NO " + w.number +
         "  UKMCC REF NO 00890\n3.  DETECTED AT " + w.detected +
         " BY MEOSAR\n4.  DETECTION FREQUENCY  406.0399 MHZ\n5.  COUNTRY OF BEACON REGISTRATION  232/UNITED "
         "KINGDOM\n6.  USER CLASS  " +
         w.user_class + "\n7.  EMERGENCY CODE  NIL\n8.  POSITIONS\n        RESOLVED  - " + w.resolved +
         "\n        DOPPLER A - " + w.doppler_a + "\n        DOPPLER B - " + w.doppler_b +
         "\n        DOA       - " + w.doa + "\n        ENCODED   - " + w.encoded +
         "\n        TIME OF UPDATE UNKNOWN\n9.  ENCODED POSITION PROVIDED BY INTERNAL DEVICE\n10. NEXT PASS "
         "TIMES\n        RESOLVED  - UNKNOWN\n11. HEX ID  " +
         w.hex +
         "    HOMING SIGNAL  121.5\n12. ACTIVATION TYPE  UNKNOWN\n13. BEACON NUMBER ON AIRCRAFT OR VESSEL NO "
         " "
         "NIL\n14. OTHER ENCODED INFORMATION  " +
         w.other + "\n15. OPERATIONAL INFORMATION  " + w.operational +
         "\n16. REMARKS  A NAME AND A NUMBER\n" + "END OF MESSAGE\n/LASSIT\n/ENDMSG\n";
}

}  // namespace varne::test
