package io.orchscope.step;

import io.orchscope.evidence.ArtifactKind;
import io.orchscope.hostlog.LogGap;
import io.orchscope.mdso.GarbledReplyException;
import io.orchscope.mdso.Sessions;
import io.orchscope.remote.ProxyFaultException;
import io.orchscope.remote.RemoteSystem;
import io.orchscope.topology.Adapters;
import io.orchscope.topology.NetworkFunctionSearch;
import io.orchscope.topology.Topology;
import io.orchscope.topology.TopologyDevice;
import io.orchscope.topology.TopologyReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * The steps that find out which devices carry a circuit, and by which names adapters know them.
 *
 * <p>Beorn says which devices there are; where nobody asks it, or it does not know, those that MDSO
 * names on the resource are all there is. What cannot be found is a gap, never a fault.
 */
public final class FindingDevices {

  /** The variable in which Beorn's answer stands, byte[]. */
  private static final String ANSWER = "beorn-answer";

  /** Of a circuit with more, the others are passed over, and the manifest says so. */
  private static final int DEVICES = 24;

  private final Optional<String> topologyPath;
  private final String marketPath;
  private final Adapters adapters;
  private final RemoteSystem beorn;

  /**
   * Shape: stateless.
   *
   * @param topologyPath where Beorn answers; none when nobody is to be asked
   * @param marketPath the path of MDSO's Market, without a slash at its end
   */
  public FindingDevices(
      Optional<String> topologyPath, String marketPath, Adapters adapters, RemoteSystem beorn) {
    this.topologyPath = topologyPath;
    this.marketPath = marketPath;
    this.adapters = adapters;
    this.beorn = beorn;
  }

  /** Whether anybody needs to know the devices. */
  public boolean areSought(Exchange exchange) {
    CircuitWork work = work(exchange);
    boolean sought = work.needsDevices();
    if (sought) {
      work.know(ofResource(work));
    }
    return sought;
  }

  /** Whether Beorn is to be asked: a label is no circuit that it could know. */
  public boolean isTopologySought(Exchange exchange) {
    return topologyPath.isPresent() && work(exchange).hasCircuit();
  }

  /** Where and what to ask Beorn. */
  public void nameTopology(Exchange exchange) {
    String circuit = URLEncoder.encode(work(exchange).circuit(), StandardCharsets.UTF_8);
    exchange.getMessage().setHeader(Exchange.HTTP_PATH, topologyPath.orElse(""));
    exchange.getMessage().setHeader(Exchange.HTTP_QUERY, "cid=" + circuit);
  }

  /**
   * Nothing, for an answer that can be read.
   *
   * <p>Errors: {@link GarbledReplyException} for a page of HTML, half an answer, or JSON that says
   * nothing about a topology: none of them means that a circuit has no devices.
   */
  public void acceptTopology(Exchange exchange) {
    byte[] answer = exchange.getVariable(ANSWER, new byte[0], byte[].class);
    if (TopologyReader.isAnswer(answer)) {
      beorn.health().called("");
      return;
    }
    String trouble = "Beorn's answer is no topology: bytes=" + answer.length + ".";
    beorn.health().called(trouble);
    throw new GarbledReplyException(trouble);
  }

  /** Reads what Beorn said. */
  public void readTopology(Exchange exchange) {
    byte[] answer = exchange.getVariable(ANSWER, new byte[0], byte[].class);
    MdsoCalls.forgetCall(exchange.getMessage());
    take(work(exchange), TopologyReader.read(200, answer));
    work(exchange)
        .collecting()
        .folder()
        .ifPresent(folder -> folder.keepText(ArtifactKind.TOPOLOGY, "beorn", "topology", answer));
  }

  /** Beorn has refused, or could not be asked. */
  public void noteNoTopology(Exchange exchange) {
    MdsoCalls.forgetCall(exchange.getMessage());
    CircuitWork work = work(exchange);
    Throwable fault = Faults.caught(exchange);
    if (fault instanceof HttpOperationFailedException refused && refused.getStatusCode() != 429) {
      String body = refused.getResponseBody() == null ? "" : refused.getResponseBody();
      int status = refused.getStatusCode();
      byte[] words = body.getBytes(StandardCharsets.UTF_8);
      boolean isNotKnown = status == 404 && body.isBlank();
      // A page of HTML is not Beorn's word, whatever its status is.
      if (isNotKnown || TopologyReader.explainsItself(words)) {
        take(work, TopologyReader.read(status, words));
        return;
      }
    }
    work.missingDevices(
        new LogGap(
            "", "devices of the circuit", LogGap.Reason.UNREACHABLE, "Beorn: " + said(fault)));
  }

  /** Whether there is another network function to look up. */
  public boolean isNetworkFunctionSought(Exchange exchange) {
    return next(work(exchange)).isPresent();
  }

  /** Where MDSO is to be asked for the next one. */
  public void nameNetworkFunction(Exchange exchange) {
    NetworkFunctionSearch search = next(work(exchange)).orElseThrow().search();
    exchange.getMessage().setHeader("poll-id", Sessions.STRAY);
    exchange.getMessage().setHeader(Exchange.HTTP_PATH, marketPath + search.path());
    exchange.getMessage().setHeader(Exchange.HTTP_QUERY, search.query());
  }

  /** One look-up further. */
  public void readNetworkFunction(Exchange exchange) {
    byte[] answer = exchange.getVariable(MdsoCalls.ANSWER, new byte[0], byte[].class);
    CircuitWork work = work(exchange);
    DeviceLookUp asked = next(work).orElseThrow();
    replace(work, asked, asked.with(asked.search().read(answer)));
  }

  /** MDSO did not answer; the device is looked for again with the next try. */
  public void noteNoNetworkFunction(Exchange exchange) {
    CircuitWork work = work(exchange);
    DeviceLookUp asked = next(work).orElseThrow();
    work.missingDevices(
        new LogGap(
            "",
            "network function of " + asked.device().tid(),
            LogGap.Reason.UNREACHABLE,
            "MDSO: " + said(Faults.caught(exchange))));
    replace(work, asked, asked.with(asked.search().givenUp()));
  }

  private void take(CircuitWork work, Topology topology) {
    topology
        .trouble()
        .ifPresent(
            why ->
                work.missing(
                    new LogGap(
                        "", "devices of the circuit", LogGap.Reason.NOT_KNOWN, "Beorn: " + why)));
    if (topology.devices().isEmpty()) {
      return;
    }
    List<DeviceLookUp> found = new ArrayList<>();
    Set<String> tids = new LinkedHashSet<>();
    topology.devices().stream()
        .limit(DEVICES)
        .filter(device -> tids.add(device.tid()))
        .forEach(device -> found.add(lookUp(device)));
    if (topology.devices().size() > DEVICES) {
      String rest = "the first " + DEVICES + " of " + topology.devices().size() + " are looked at";
      work.missing(
          new LogGap("", "devices of the circuit", LogGap.Reason.TOO_MUCH, "Beorn: " + rest));
    }
    // A device that MDSO names and Beorn does not is of the circuit all the same.
    work.devices().stream().filter(known -> tids.add(known.device().tid())).forEach(found::add);
    work.know(found);
  }

  private List<DeviceLookUp> ofResource(CircuitWork work) {
    return work.verdict().verdict().resource().devices().stream()
        .limit(DEVICES)
        .map(
            device ->
                new TopologyDevice(
                    device.tid(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    device.managementAddress(),
                    Optional.empty(),
                    "",
                    0))
        .map(this::lookUp)
        .toList();
  }

  private DeviceLookUp lookUp(TopologyDevice device) {
    return new DeviceLookUp(device, NetworkFunctionSearch.of(device, adapters));
  }

  private static Optional<DeviceLookUp> next(CircuitWork work) {
    return work.devices().stream().filter(device -> device.search().isOpen()).findFirst();
  }

  private static void replace(CircuitWork work, DeviceLookUp asked, DeviceLookUp further) {
    work.know(
        work.devices().stream().map(device -> device.equals(asked) ? further : device).toList());
  }

  private static String said(Throwable fault) {
    if (fault instanceof ProxyFaultException || fault instanceof GarbledReplyException) {
      return String.valueOf(fault.getMessage());
    }
    return fault instanceof HttpOperationFailedException refused
        ? "HTTP " + refused.getStatusCode()
        : fault.getClass().getSimpleName();
  }

  private static CircuitWork work(Exchange exchange) {
    return exchange.getMessage().getBody(CircuitWork.class);
  }
}
