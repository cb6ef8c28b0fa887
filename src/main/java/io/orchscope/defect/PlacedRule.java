package io.orchscope.defect;

import io.orchscope.settings.YamlMap;

/** A rule and the part of its file in which its mistakes are shown. */
record PlacedRule(DefectRule rule, YamlMap map) {

  DefectCode code() {
    return rule.code();
  }
}
