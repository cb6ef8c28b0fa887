package io.orchscope.step;

import io.orchscope.defect.Examination;
import io.orchscope.defect.Examiner;
import io.orchscope.telemetry.Signals;

/** Gives each error its code, and tells telemetry. */
public final class Classifying {

  private final Examiner examiner;
  private final Signals signals;

  public Classifying(Examiner examiner, Signals signals) {
    this.examiner = examiner;
    this.signals = signals;
  }

  public Examination classify(Examination examination) {
    Examination classified = examiner.classify(examination);
    classified
        .occurrences()
        .forEach(occurrence -> signals.errorClassified(classified.product().name(), occurrence));
    return classified;
  }
}
