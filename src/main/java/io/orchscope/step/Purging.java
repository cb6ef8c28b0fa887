package io.orchscope.step;

import io.orchscope.evidence.EvidenceArchive;
import io.orchscope.evidence.EvidencePurge;
import io.orchscope.evidence.LogPrune;
import io.orchscope.evidence.StorageFault;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerException;
import io.orchscope.ledger.LedgerPurge;
import io.orchscope.ledger.PurgedRows;
import io.orchscope.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Purges what is older than the settings say, beside whatever else is going on. */
public final class Purging {

  private static final Logger log = LoggerFactory.getLogger(Purging.class);

  private final LedgerPurge ledger;
  private final Supplier<EvidenceArchive> archive;
  private final Supplier<Optional<LogPrune>> logs;
  private final Optional<Duration> ledgerKeeps;
  private final Optional<Duration> evidenceKeeps;
  private final Optional<Duration> logsKeep;
  private final long logBytes;
  private final Clock clock;

  /**
   * Purges nothing yet.
   *
   * @param logs what removes logs of MDSO's hosts; none where there are none
   */
  public Purging(
      Settings settings,
      Ledger ledger,
      Supplier<EvidenceArchive> archive,
      Supplier<Optional<LogPrune>> logs,
      Clock clock) {
    this.ledger = new LedgerPurge(ledger, clock);
    this.archive = archive;
    this.logs = logs;
    this.logsKeep = settings.keeping("logs.keep-for");
    this.logBytes = (long) settings.count("logs.keep-megabytes") << 20;
    this.ledgerKeeps = settings.keeping("ledger.keep-for");
    this.evidenceKeeps = settings.keeping("evidence.keep-for");
    this.clock = clock;
  }

  /**
   * Purges all three. When the application ends, what is left is left to the next time.
   *
   * <p>Errors: none; what cannot be purged is said in the log and tried again the next time.
   */
  public void purge(CamelContext context) {
    BooleanSupplier goesOn = () -> !context.isStopping() && !context.isStopped();
    Instant now = clock.instant();
    ledgerKeeps.map(now::minus).ifPresent(limit -> purgeLedger(limit, goesOn));
    evidenceKeeps.map(now::minus).ifPresent(limit -> purgeEvidence(limit, goesOn));
    purgeLogs(logsKeep.map(now::minus), goesOn);
  }

  private void purgeLedger(Instant limit, BooleanSupplier goesOn) {
    try {
      PurgedRows removed = ledger.olderThan(limit, false, goesOn);
      if (removed.sum() > 0) {
        log.info(
            "The ledger was purged. before={} rows={} bytes={} longest_held_ms={}",
            limit,
            removed.rows(),
            removed.bytes(),
            removed.longestHeld().toMillis());
      }
    } catch (LedgerException unusable) {
      log.warn("The ledger could not be purged; it is tried again the next time.", unusable);
    }
  }

  private void purgeEvidence(Instant limit, BooleanSupplier goesOn) {
    try {
      EvidencePurge.Removed removed = archive.get().purge().olderThan(limit, goesOn);
      if (removed.folders() > 0) {
        log.info(
            "The evidence was purged. before={} folders={} bytes={}",
            limit,
            removed.folders(),
            removed.bytes());
      }
    } catch (StorageFault refused) {
      log.warn("The evidence could not be purged; it is tried again the next time.", refused);
    }
  }

  private void purgeLogs(Optional<Instant> before, BooleanSupplier goesOn) {
    try {
      logs.get()
          .map(prune -> prune.run(new LogPrune.Limits(before, Optional.of(logBytes)), goesOn))
          .filter(pruned -> pruned.tooOld() + pruned.tooMuch() > 0)
          .ifPresent(
              pruned ->
                  log.info(
                      "Logs of hosts were purged. too_old={} too_much={} bytes={} left={}",
                      pruned.tooOld(),
                      pruned.tooMuch(),
                      pruned.bytes(),
                      pruned.left()));
    } catch (StorageFault refused) {
      log.warn("Logs of hosts could not be purged; it is tried again the next time.", refused);
    }
  }
}
