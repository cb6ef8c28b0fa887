package io.orchscope;

import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom we believe to be MDSO and Webex: the JDK's authorities, an operator's own, or, by force,
 * anybody.
 */
final class Tls {

  private static final Logger log = LoggerFactory.getLogger(Tls.class);

  /** The key that switches the look at certificates and host names off. */
  static final String TRUST_EVERYTHING = "tls.trust-everything-although-dangerous";

  private final Settings settings;

  Tls(Settings settings) {
    this.settings = settings;
  }

  /** Errors: {@link InvalidFileException} when the file of authorities cannot be used. */
  SSLContextParameters parameters() {
    SSLContextParameters parameters = new SSLContextParameters();
    String file = settings.text("tls.ca-file");
    if (settings.flag(TRUST_EVERYTHING)) {
      log.warn(
          "Every certificate is accepted: whoever sits in between reads the password. key={}",
          TRUST_EVERYTHING);
      parameters.setTrustManagers(trusting(new Anybody()));
    } else if (!file.isBlank()) {
      parameters.setTrustManagers(trusting(authorities(Path.of(file))));
    }
    return parameters;
  }

  private static TrustManagersParameters trusting(TrustManager manager) {
    TrustManagersParameters managers = new TrustManagersParameters();
    managers.setTrustManager(manager);
    return managers;
  }

  private static TrustManager authorities(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, new char[0]);
      int number = 0;
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("authority-" + number++, authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers()[0];
    } catch (IOException | GeneralSecurityException unusable) {
      throw new InvalidFileException(
          file.toString(),
          "whole file",
          "no certificates can be read from it: " + unusable.getMessage(),
          "Give a PEM file with BEGIN CERTIFICATE blocks in tls.ca-file, or leave the key empty.");
    }
  }

  /** Believes everybody. */
  private static final class Anybody implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
