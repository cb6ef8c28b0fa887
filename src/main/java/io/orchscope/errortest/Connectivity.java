package io.orchscope.errortest;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Whether the devices of a circuit answer: name servers, ping, SSH, and with an account a log-in.
 *
 * <p>Each device is asked by the name that Beorn has for it and by its address; what both lead to
 * is tried once. A device that MDSO reaches is left alone, as is any that would be one too many at
 * the same time. Source: domain.md §7, connectivity.
 */
final class Connectivity implements AutoCloseable {

  /** More devices of one circuit are counted, and not named. */
  private static final int MOST_SECTIONS = 50;

  private final TestLimits limits;
  private final Semaphore turns;
  private final Lookups lookups;
  private final Optional<DeviceLogin> login;

  /** A device, and what came of it. */
  private record Tried(DeviceUnderTest device, Outcome outcome, List<FindingLine> lines) {}

  /** What was found at an address. */
  private record Contact(boolean isUp, String reach, FindingLine ssh) {}

  /** One name or address of a device. */
  private record Target(boolean isUp, FindingLine line) {}

  /**
   * Tests for the whole process.
   *
   * @param account none: no log-in is tried
   * @param hostKeys file in which the keys of devices are kept
   */
  Connectivity(
      TestLimits limits,
      DeviceAddresses addresses,
      Optional<DeviceAccount> account,
      Path hostKeys) {
    this.limits = limits;
    this.turns = new Semaphore(limits.atOnce(), true);
    this.lookups = new Lookups(addresses, limits.atOnce());
    this.login =
        account.map(known -> new DeviceLogin(known, new HostKeys(hostKeys), limits.target()));
  }

  /** What a finding says: an outcome for all devices, and a section for each. */
  record Verdict(Outcome outcome, List<FindingSection> sections) {}

  /** Tries out the devices of a circuit, one after the other; waits for its turn before. */
  Verdict of(TestedError error, List<DeviceUnderTest> devices) {
    if (devices.isEmpty()) {
      return new Verdict(
          Outcome.NOT_TESTED, List.of(note(error, "none", "Not tested: no device is known")));
    }
    List<DeviceUnderTest> some = devices.subList(0, Math.min(devices.size(), MOST_SECTIONS));
    boolean isQuiet = some.stream().allMatch(Connectivity::isAvailable);
    List<Tried> tried = isQuiet ? skipAll(some) : inTurn(some);
    List<FindingSection> sections = new ArrayList<>();
    tried.forEach(each -> sections.add(section(error, each)));
    if (devices.size() > some.size()) {
      int more = devices.size() - some.size();
      sections.add(note(error, "and " + more + " more", "Not tested: too many devices"));
    }
    return new Verdict(outcome(tried), sections);
  }

  private static FindingSection note(TestedError error, String left, String words) {
    return new FindingSection(left, error.circuit().value(), Outcome.NOT_TESTED, words, List.of());
  }

  private List<Tried> inTurn(List<DeviceUnderTest> devices) {
    try {
      if (!turns.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        return notTested(devices, "too many at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return notTested(devices, "the program ends");
    }
    try {
      return all(devices);
    } finally {
      turns.release();
    }
  }

  private List<Tried> all(List<DeviceUnderTest> devices) {
    Deadline deadline = Deadline.in(limits.longest());
    List<Tried> tried = new ArrayList<>();
    int tested = 0;
    for (DeviceUnderTest device : devices) {
      Duration needed = limits.target().multipliedBy(device.targets().size());
      if (isAvailable(device)) {
        tried.add(skipped(device));
      } else if (device.targets().isEmpty()) {
        tried.add(notTested(device, "neither name nor address is known"));
      } else if (tested == limits.devices()) {
        tried.add(notTested(device, "more than " + limits.devices() + " devices"));
      } else if (tested > 0 && deadline.left().compareTo(needed) < 0) {
        // Half the time would find half of the devices down that are not.
        tried.add(notTested(device, "the time of the circuit is over"));
      } else {
        tried.add(one(device));
        tested++;
      }
    }
    return tried;
  }

  private Tried one(DeviceUnderTest device) {
    Map<InetSocketAddress, Contact> known = new HashMap<>();
    List<FindingLine> lines = new ArrayList<>();
    boolean isUp = false;
    for (String name : device.targets()) {
      Target target = target(name, Deadline.in(limits.target()), known);
      lines.add(target.line());
      isUp |= target.isUp();
    }
    if (Thread.currentThread().isInterrupted()) {
      return notTested(device, "the program ends");
    }
    return new Tried(device, isUp ? Outcome.UP : Outcome.DOWN, lines);
  }

  private Target target(String name, Deadline deadline, Map<InetSocketAddress, Contact> known) {
    Lookups.Found found = lookups.of(name, deadline);
    FindingLine line = FindingLine.of("(").quote(name).and(") ");
    if (found.where().isEmpty()) {
      return new Target(false, line.and("Not Pingable | ").and(found.words()));
    }
    InetSocketAddress where = found.where().get();
    Contact contact = known.get(where);
    if (contact == null) {
      contact = contact(name, where, deadline);
      known.put(where, contact);
    }
    return new Target(
        contact.isUp(), line.and(contact.reach() + " | ").and(found.words()).and(contact.ssh()));
  }

  private Contact contact(String name, InetSocketAddress where, Deadline deadline) {
    String tcp = "TCP port " + where.getPort();
    boolean answers = Ping.isAnswered(where.getAddress(), deadline);
    Doorstep door = Doorstep.of(where, Deadline.in(deadline.left().dividedBy(2)));
    if (!answers && !door.isThere()) {
      String tried = Ping.isAllowed() ? "ICMP, " + tcp : tcp;
      return new Contact(false, "Not Pingable (" + tried + ")", FindingLine.of(""));
    }
    String reach = "Pingable (" + (answers ? "ICMP" : tcp) + ")";
    if (door.banner().isEmpty()) {
      String what = login.isPresent() ? " | Login: " : " | SSH: ";
      return new Contact(false, reach, FindingLine.of(what + door.words()));
    }
    FindingLine ssh = FindingLine.of(" | SSH: ").quote(door.banner().get());
    if (login.isEmpty()) {
      return new Contact(true, reach, ssh);
    }
    DeviceLogin.Result result = login.get().at(name, where, deadline);
    return new Contact(result.isSuccess(), reach, ssh.and(" | ").and(result.words()));
  }

  private static FindingSection section(TestedError error, Tried tried) {
    DeviceUnderTest device = tried.device();
    Optional<DeviceUnderTest.Onboarded> onboarded = device.networkFunction();
    List<FindingLine> lines = new ArrayList<>();
    error.logLink().ifPresent(link -> lines.add(FindingLine.of("Logs: ").link(link)));
    lines.add(FindingLine.of("Classified: ").quote(error.defectCode()));
    lines.add(
        onboarded
            .map(nf -> FindingLine.of("NF onboarded with: ").quote(nf.ipAddress()))
            .orElseGet(() -> FindingLine.of("No NF Found")));
    onboarded.ifPresent(
        nf -> lines.add(FindingLine.of("NF communication state: ").quote(nf.communicationState())));
    lines.add(FindingLine.of("IPC/mapper IP: ").quote(device.mapperAddress().orElse("")));
    lines.addAll(tried.lines());
    return new FindingSection(
        device.tid().value(),
        error.circuit().value(),
        tried.outcome(),
        verdict(tried.outcome()),
        lines);
  }

  private static String verdict(Outcome outcome) {
    return switch (outcome) {
      case UP -> "Connection UP";
      case DOWN -> "Connection DOWN";
      case SKIPPED -> "Skipped";
      default -> "Not tested";
    };
  }

  /** One that is down is what matters, and one that was tried says more than one that was not. */
  private static Outcome outcome(List<Tried> tried) {
    List<Outcome> all = tried.stream().map(Tried::outcome).toList();
    return List.of(Outcome.DOWN, Outcome.UP, Outcome.NOT_TESTED).stream()
        .filter(all::contains)
        .findFirst()
        .orElse(Outcome.SKIPPED);
  }

  private static boolean isAvailable(DeviceUnderTest device) {
    return device.networkFunction().filter(DeviceUnderTest.Onboarded::isAvailable).isPresent();
  }

  private static List<Tried> skipAll(List<DeviceUnderTest> devices) {
    return devices.stream().map(Connectivity::skipped).toList();
  }

  private static Tried skipped(DeviceUnderTest device) {
    return new Tried(
        device,
        Outcome.SKIPPED,
        List.of(FindingLine.of("Skipped: MDSO reaches the device, its NF is AVAILABLE")));
  }

  private static List<Tried> notTested(List<DeviceUnderTest> devices, String why) {
    return devices.stream().map(device -> notTested(device, why)).toList();
  }

  private static Tried notTested(DeviceUnderTest device, String why) {
    return new Tried(device, Outcome.NOT_TESTED, List.of(FindingLine.of("Not tested: " + why)));
  }

  @Override
  public void close() {
    login.ifPresent(DeviceLogin::close);
  }
}
