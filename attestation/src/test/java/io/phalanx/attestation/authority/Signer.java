package io.phalanx.attestation.authority;

import io.phalanx.attestation.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;

/** A private key, the same for the same name. */
public sealed interface Signer {

  /** The algorithm as certificates name it, DER. */
  Bytes algorithm();

  /** The public key as certificates hold it, DER. */
  Bytes publicKeyInfo();

  /** A signature as certificates hold it, without the bit string around it. */
  Bytes signDer(Bytes text);

  /** On P-256. */
  final class Ec implements Signer {
    private static final X9ECParameters NAMED = CustomNamedCurves.getByName("secp256r1");
    private static final ECDomainParameters CURVE = new ECDomainParameters(NAMED);

    private final BigInteger scalar;
    private final Bytes coordinates;

    private Ec(BigInteger scalar) {
      this.scalar = scalar;
      ECPoint point = CURVE.getG().multiply(scalar).normalize();
      byte[] encoded = point.getEncoded(false);
      this.coordinates = Bytes.copyOf(encoded).slice(1, encoded.length);
    }

    /** The key of that name. */
    public static Ec named(String name) {
      BigInteger wide = new BigInteger(1, Bytes.utf8(name).sha256().toArray());
      return new Ec(wide.mod(CURVE.getN().subtract(BigInteger.ONE)).add(BigInteger.ONE));
    }

    /** x and y. */
    public Bytes coordinates() {
      return coordinates;
    }

    private BigInteger[] numbers(Bytes text) {
      ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
      signer.init(true, new ECPrivateKeyParameters(scalar, CURVE));
      return signer.generateSignature(text.sha256().toArray());
    }

    /** r and s, 32 bytes each. */
    public Bytes sign(Bytes text) {
      BigInteger[] numbers = numbers(text);
      return fixed(numbers[0]).concat(fixed(numbers[1]));
    }

    private static Bytes fixed(BigInteger number) {
      byte[] bytes = new byte[32];
      byte[] given = number.toByteArray();
      int length = Math.min(32, given.length);
      System.arraycopy(given, given.length - length, bytes, 32 - length, length);
      return Bytes.copyOf(bytes);
    }

    @Override
    public Bytes algorithm() {
      return Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    }

    @Override
    public Bytes publicKeyInfo() {
      return Der.sequence(
          Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.oid("1.2.840.10045.3.1.7")),
          Der.bits(Bytes.copyOf((byte) 4).concat(coordinates)));
    }

    @Override
    public Bytes signDer(Bytes text) {
      BigInteger[] numbers = numbers(text);
      return Der.sequence(Der.integer(numbers[0]), Der.integer(numbers[1]));
    }
  }

  /** RSA of 2,048 bits. */
  final class Rsa implements Signer {
    private static final Bytes NULL = Bytes.copyOf((byte) 5, (byte) 0);

    private final RSAPublicKey publicKey;
    private final PrivateKey privateKey;

    private Rsa(RSAPublicKey publicKey, PrivateKey privateKey) {
      this.publicKey = publicKey;
      this.privateKey = privateKey;
    }

    /** The key of that name. */
    public static Rsa named(String name) {
      try {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(Bytes.utf8(name).toArray());
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048, random);
        var pair = generator.generateKeyPair();
        return new Rsa((RSAPublicKey) pair.getPublic(), pair.getPrivate());
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** n. */
    public BigInteger modulus() {
      return publicKey.getModulus();
    }

    /** e. */
    public BigInteger exponent() {
      return publicKey.getPublicExponent();
    }

    @Override
    public Bytes algorithm() {
      return Der.sequence(Der.oid("1.2.840.113549.1.1.11"), NULL);
    }

    @Override
    public Bytes publicKeyInfo() {
      return Der.sequence(
          Der.sequence(Der.oid("1.2.840.113549.1.1.1"), NULL),
          Der.bits(Der.sequence(Der.integer(modulus()), Der.integer(exponent()))));
    }

    @Override
    public Bytes signDer(Bytes text) {
      try {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(privateKey);
        signature.update(text.toArray());
        return Bytes.copyOf(signature.sign());
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
