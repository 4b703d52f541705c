// Checks receipts without trusting the service: RFC 9162 §2.1.3.2 (inclusion) and §2.1.4.2 (consistency), with the browser's own cryptography.

const LEAF = 0;
const NODE = 1;

export const bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
export const hex = (array) => Array.from(array, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** RFC 8785 for what a signed document holds: objects, lists, strings, whole numbers, booleans and null. */
export function canonical(value) {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (value !== null && typeof value === 'object') {
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

async function hash(prefix, ...parts) {
  const all = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  all[0] = prefix;
  let at = 1;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

/** The leaf that a receipt is: its canonical form without the place it has in the log. */
export function leafHash(receipt) {
  const { leafIndex, ...leaf } = receipt;
  return hash(LEAF, new TextEncoder().encode(canonical(leaf)));
}

/** The root that the path leads to from the leaf, or null when the path has the wrong length. */
export async function rootOf(leaf, index, size, path) {
  if (index >= size) {
    return null;
  }
  let position = BigInt(index);
  let last = BigInt(size) - 1n;
  let root = leaf;
  for (const step of path.map(bytes)) {
    if (last === 0n) {
      return null;
    }
    if (position % 2n === 1n || position === last) {
      root = await hash(NODE, step, root);
      while (position % 2n === 0n && position !== 0n) {
        position /= 2n;
        last /= 2n;
      }
    } else {
      root = await hash(NODE, root, step);
    }
    position /= 2n;
    last /= 2n;
  }
  return last === 0n ? hex(root) : null;
}

/** The head of a log, in bits of its size without those that are zero at the end. */
function withoutZeros(size) {
  let rest = size;
  while (rest % 2n === 0n) {
    rest /= 2n;
  }
  return rest;
}

/** Whether a log of the second size and root has grown from one of the first, by that path. */
export async function isGrown(first, firstRoot, second, secondRoot, path) {
  if (first === second) {
    return firstRoot === secondRoot && path.length === 0;
  }
  if (first < 1 || first > second || !path.length) {
    return false;
  }
  const isWhole = withoutZeros(BigInt(first)) === 1n; // a whole tree: its root is the first step itself, and is not sent
  const steps = [...(isWhole ? [firstRoot] : []), ...path].map(bytes);
  let position = BigInt(first) - 1n;
  let last = BigInt(second) - 1n;
  while (position % 2n === 1n) {
    position /= 2n;
    last /= 2n;
  }
  let early = steps[0];
  let late = steps[0];
  for (const step of steps.slice(1)) {
    if (last === 0n) {
      return false;
    }
    if (position % 2n === 1n || position === last) {
      early = await hash(NODE, step, early);
      late = await hash(NODE, step, late);
      while (position % 2n === 0n && position !== 0n) {
        position /= 2n;
        last /= 2n;
      }
    } else {
      late = await hash(NODE, late, step);
    }
    position /= 2n;
    last /= 2n;
  }
  return last === 0n && hex(early) === hex(bytes(firstRoot)) && hex(late) === hex(bytes(secondRoot));
}

/** Whether a document is signed by one of the scheduler's keys, the one that it names. */
export async function isSignedByOneOf(document, keys) {
  const key = keys.find((candidate) => candidate.keyId === document.keyId);
  return Boolean(key) && isSigned(document, key.publicKey);
}

/** Whether a document is signed by that key: Ed25519 over its canonical form without signature and state. */
export async function isSigned(document, publicKey) {
  const { signature, state, ...signed } = document;
  const key = await crypto.subtle.importKey('raw', bytes(publicKey.replace(/^0x/, '')), 'Ed25519', false, ['verify']);
  const raw = Uint8Array.from(atob(signature), (letter) => letter.charCodeAt(0));
  return crypto.subtle.verify('Ed25519', key, raw, new TextEncoder().encode(canonical(signed)));
}
