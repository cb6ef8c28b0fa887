package io.orchscope;

import io.orchscope.circuit.Product;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;

/** When each product is polled by itself. */
record ProductSchedules(Configuration configuration) {

  /** One running copy of the template for each product that has a schedule. */
  void apply(CamelContext context) throws Exception {
    boolean bySchedule = configuration.settings().flag("poll.by-schedule");
    for (Product product : configuration.products().all()) {
      String id = "schedule-poll-" + product.type();
      if (context.getRoute(id) != null) {
        context.getRouteController().stopRoute(id);
        context.removeRoute(id);
      }
      if (!product.schedule().isEmpty() && bySchedule) {
        TemplatedRouteBuilder.builder(context, "schedule-poll")
            .routeId(id)
            .parameter("product-type", product.type())
            .parameter("cron", product.schedule())
            .add();
      }
    }
  }

  /** A poll occupies its thread until its last circuit is decided, and every product may poll. */
  void prepare(CamelContext context, Assembly.Purpose purpose) {
    QuartzComponent quartz = context.getComponent("quartz", QuartzComponent.class);
    quartz.setProperties(
        Map.of(
            "org.quartz.threadPool.threadCount",
            String.valueOf(configuration.products().all().size() + 2),
            "org.quartz.scheduler.instanceName",
            "orchscope-" + UUID.randomUUID(),
            "org.quartz.scheduler.skipUpdateCheck",
            "true"));
    quartz.setAutoStartScheduler(purpose == Assembly.Purpose.WORK);
  }
}
