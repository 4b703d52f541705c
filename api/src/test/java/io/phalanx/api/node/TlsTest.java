package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.Signer;
import io.phalanx.cluster.ConfigFaultException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS with a certificate that {@code keytool} of this very JDK has made. */
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  private KeyStore store() throws IOException, InterruptedException, GeneralSecurityException {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "node",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private String pem(String name, String type, byte[] bytes) throws IOException {
    String text =
        "-----BEGIN "
            + type
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
            + "\n-----END "
            + type
            + "-----\n";
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static HttpClient trusting(Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("node", certificate);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  @Test
  void isServedWithTheCertificateOfTheConfiguration()
      throws IOException, InterruptedException, GeneralSecurityException {
    KeyStore store = store();
    Certificate certificate = store.getCertificate("node");
    PrivateKey key = (PrivateKey) Objects.requireNonNull(store.getKey("node", PASSWORD));
    Map<String, String> settings =
        Map.of(
            "tls.certificate", pem("node.pem", "CERTIFICATE", certificate.getEncoded()),
            "tls.key", pem("key.pem", "PRIVATE KEY", key.getEncoded()),
            "auth", "keys");
    try (ServedNode node = ServedNode.start(folder.resolve("data"), settings)) {
      assertThat(node.node().url()).startsWith("https://127.0.0.1:");
      HttpClient client = trusting(certificate);
      URI health = URI.create(node.node().url() + "/health/ready");
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(signed(client, node, "https")).isEqualTo(200);
      assertThat(signed(client, node, "http")).isEqualTo(401);
      HttpRequest again = HttpRequest.newBuilder(health).build();
      assertThatThrownBy(
              () -> HttpClient.newHttpClient().send(again, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  /** The scheme is part of what is signed. */
  private static int signed(HttpClient client, ServedNode node, String scheme)
      throws IOException, InterruptedException {
    Signer signer = Signer.of("signer");
    String admin = node.node().adminKey().orElseThrow();
    String body =
        "{\"role\":\"payout\",\"name\":\"bank\",\"publicKey\":\"" + signer.keyId() + "\"}";
    client.send(
        HttpRequest.newBuilder(URI.create(node.node().url() + "/v1/keys"))
            .header("Authorization", "Bearer " + admin)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.discarding());
    String path = "/v1/settlements";
    String target = scheme + "://127.0.0.1:" + node.port() + path;
    String[] headers =
        signer.headers("GET", target, "", System.currentTimeMillis() / 1_000, "", "");
    return client
        .send(
            HttpRequest.newBuilder(URI.create(node.node().url() + path)).headers(headers).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void needsBothFiles() throws IOException {
    Map<String, String> half = Map.of("tls.certificate", pem("c.pem", "CERTIFICATE", new byte[9]));
    assertThatThrownBy(() -> ServedNode.start(folder.resolve("data"), half))
        .isInstanceOf(ConfigFaultException.class);
  }
}
