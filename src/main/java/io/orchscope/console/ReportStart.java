package io.orchscope.console;

import io.orchscope.report.ReportPlan;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Somebody wants a report now. */
public final class ReportStart implements Change {

  private final List<ReportPlan> plans;
  private final Consumer<ReportPlan> maker;
  private final Audit audit;

  /** Shape: the maker keeps the files, and tells no room. */
  public ReportStart(List<ReportPlan> plans, Consumer<ReportPlan> maker, Audit audit) {
    this.plans = List.copyOf(plans);
    this.maker = maker;
    this.audit = audit;
  }

  @Override
  public Changed apply(Request request, Visitor visitor) {
    String name = request.field("name");
    Optional<ReportPlan> plan = plans.stream().filter(it -> it.name().equals(name)).findFirst();
    if (plan.isEmpty()) {
      return Changed.refused(404, "There is no such report", "config/reports.yaml names them.");
    }
    maker.accept(plan.get());
    audit.changed(visitor, "report", name, "");
    return Changed.done("The report was made; its files are below.", "/reports");
  }
}
