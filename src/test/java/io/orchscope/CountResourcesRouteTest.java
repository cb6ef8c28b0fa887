package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.mdso.Poll;
import io.orchscope.mdso.PollRequest;
import io.orchscope.mdso.Polls;
import io.orchscope.settings.ProductsFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/** The route {@code count-resources} alone, with MDSO played by the test. */
final class CountResourcesRouteTest extends CamelTestSupport {

  private final Polls polls =
      new Polls(
          ProductsFile.read(Path.of("config/products.yaml")),
          10,
          Duration.ofDays(1),
          Duration.ofSeconds(1),
          Clock.systemUTC());

  @Override
  protected Properties useOverridePropertiesWithPropertiesComponent() {
    Properties properties = new Properties();
    properties.setProperty("mdso.market-path", "/bpocore/market/api/v1");
    return properties;
  }

  @Override
  protected RoutesBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:call-mdso").to("mock:mdso");
      }
    };
  }

  @Test
  void asksForTheNumberOfResourcesOfTheProductAndKeepsThePollAsBody() throws Exception {
    begin();
    MockEndpoint mdso = getMockEndpoint("mock:mdso");
    mdso.expectedHeaderReceived(Exchange.HTTP_PATH, "/bpocore/market/api/v1/resources/count");
    mdso.expectedHeaderReceived(
        Exchange.HTTP_QUERY, "exactTypeId=charter.resourceTypes.ServiceMapper");
    mdso.whenAnyExchangeReceived(
        exchange ->
            exchange.setVariable("mdso-answer", "{\"count\":42}".getBytes(StandardCharsets.UTF_8)));
    Poll poll = polls.begin(new PollRequest("service_mapper", Duration.ofDays(1)));

    Object body = template.requestBody("direct:count-resources", poll);

    mdso.assertIsSatisfied();
    assertThat(body).isSameAs(poll);
    assertThat(polls.underWay().get(0).expected()).isEqualTo(42);
  }

  @Test
  void goesOnWithoutAnAnswer() throws Exception {
    begin();
    getMockEndpoint("mock:mdso")
        .whenAnyExchangeReceived(
            exchange -> {
              throw new HttpOperationFailedException(
                  "http://mdso.example.com", 403, "Forbidden", "", Map.of(), "");
            });
    Poll poll = polls.begin(new PollRequest("service_mapper", Duration.ofDays(1)));

    Object body = template.requestBody("direct:count-resources", poll);

    assertThat(body).isSameAs(poll);
  }

  private void begin() throws Exception {
    context.getRegistry().bind("polls", polls);
    context.getRegistry().bind("faults", new AnyFault());
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(
            PluginHelper.getResourceLoader(context)
                .resolveResource("file:routes/count-resources.camel.yaml"));
  }

  /** Stands in for {@code faults}, which takes a refusal to count for harmless. */
  public static final class AnyFault {
    public boolean isNotAboutUs() {
      return true;
    }
  }
}
