// Figures and states in the words of people.

const PICO = 12;

/** Pico-PHA as PHA with what matters of its digits. */
export function pha(pico) {
  if (pico === null || pico === undefined) {
    return '–';
  }
  const negative = String(pico).startsWith('-');
  const digits = String(pico).replace('-', '').padStart(PICO + 1, '0');
  const whole = BigInt(digits.slice(0, -PICO)).toLocaleString('en');
  const part = digits.slice(-PICO).replace(/0+$/, '');
  const length = whole === '0' ? Math.max(6, part.search(/[1-9]/) + 3) : 6; // small sums keep digits that say something
  return `${negative ? '−' : ''}${whole}${part ? `.${part.slice(0, length)}` : ''} PHA`;
}

export const count = (number) => (number === null || number === undefined ? '–' : BigInt(number).toLocaleString('en'));

export function time(iso) {
  return iso ? new Date(iso).toLocaleString() : '–';
}

/** How long ago, or until. */
export function ago(iso) {
  const seconds = Math.round((Date.now() - new Date(iso).getTime()) / 1000);
  const size = Math.abs(seconds);
  const text = size < 60 ? `${size} s` : size < 3600 ? `${Math.round(size / 60)} min` : size < 172_800 ? `${Math.round(size / 3600)} h` : `${Math.round(size / 86_400)} d`;
  return seconds >= 0 ? `${text} ago` : `in ${text}`;
}

/** An ISO 8601 duration as people say it; what is no such thing stays as it is. */
export function duration(iso) {
  const [, days, hours, minutes, seconds] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso) || [];
  return [[days, 'd'], [hours, 'h'], [minutes, 'min'], [seconds, 's']].filter(([figure]) => figure).map(([figure, unit]) => `${figure} ${unit}`).join(' ') || iso;
}

/** What is left of a time, as a clock counts down; empty when it is over. */
export function left(iso) {
  const seconds = Math.ceil((new Date(iso).getTime() - Date.now()) / 1000);
  return seconds > 0 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` : '';
}

const TONE = {
  Pending: 'warn', Placed: 'cool', Running: 'good', Degraded: 'bad', Ended: 'dim', Offered: 'cool', Idle: 'cool', Active: 'good', CoolingDown: 'warn',
  moving: 'warn', Requested: 'warn', Lacking: 'bad', Redeemed: 'good', Expired: 'dim', Withdrawn: 'dim', Void: 'bad', Stopped: 'dim', Closed: 'warn', Delivered: 'cool', Acknowledged: 'good', placed: 'good', placeable: 'cool', waiting: 'warn', never: 'bad',
};

export const tone = (state) => TONE[state] || 'dim';

const FAILS = {
  tier: 'have a tier you do not accept', performance: 'are slower than you ask', gasPrice: 'ask more than you bid', region: 'are in other regions',
  allowOperators: 'belong to operators not on your list', denyOperators: 'belong to operators you deny', maxPerOperator: 'would be one too many on their operator',
  excluded: 'run it already or failed to start it', stopped: 'are stopped', coolingDown: 'are leaving', busy: 'are busy', reserved: 'are held for somebody else',
  unresponsive: 'are silent', cordoned: 'take no new work', evidence: 'have no valid evidence', minReplicas: 'too few at once for the replicas you need together',
};

export const fails = (constraint) => FAILS[constraint] || constraint;

const DROPPED = {
  deploymentEnded: 'it had ended meanwhile', slotTaken: 'the slot was filled or gone', minerNotPlaceable: 'the miner could take nothing any more', reserved: 'the miner was held for another',
  notEligible: 'they did not suit each other any more', maxPerOperator: 'it was one too many on the operator', price: 'the price did not hold any more', minReplicas: 'too few of it were left',
  quota: 'as many miners were held for quotes as may be',
};

/** Why a planned line was not committed. */
export const dropped = (reason) => DROPPED[reason] || reason;

/** The verdict as a sentence. */
export function verdict(explanation) {
  const { eligibleMiners, idleEligibleMiners, queuePosition } = explanation;
  if (explanation.state === 'Ended') {
    return 'It is over: nothing is looked for any more.';
  }
  switch (explanation.verdict) {
    case 'placed': return 'It has all the miners it asked for.';
    case 'placeable': return `The next round can place it: ${count(idleEligibleMiners)} of ${count(eligibleMiners)} suitable miners are free.`;
    case 'waiting': return `It waits${queuePosition ? ` as number ${count(queuePosition)} in the queue` : ''}: ${count(eligibleMiners)} miners suit it, ${count(idleEligibleMiners)} of them are free now.`;
    default: return `Not even the whole registered fleet could run it: ${count(eligibleMiners)} miners suit it.`;
  }
}

const QUOTE = {
  Requested: 'The next round decides it.', Offered: 'The price is firm, and the miners are held for you until it ends.',
  Lacking: 'A miner was lost; the next round replaces it at no higher price, or the quote is void.', Redeemed: 'A deployment runs on its terms.',
  Expired: 'It was not taken in time. Its budget is free again.', Withdrawn: 'You gave it back. Its budget is free again.', Void: 'No round could find the miners for it. Its budget is free again.',
};

/** What the state of a quote means. */
export const quoteState = (state) => QUOTE[state] || state;

/** Prices of several miners as one figure or two. */
export function prices(list) {
  const sorted = list.map(BigInt).sort((one, other) => (one < other ? -1 : 1));
  if (!sorted.length) {
    return '–';
  }
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  return `${count(least)}${least === most ? '' : ` to ${count(most)}`} pico-PHA a gas`;
}

const FIELD = {
  tiers: (v) => `accept tiers ${v.join(', ')}`, minPerformance: (v) => (v === 0 ? 'ask for no minimum performance' : `ask for performance ${count(v)}`),
  maxGasPrice: (v) => `bid ${count(v)}`, regions: (v) => (v.length ? `allow regions ${v.join(', ')}` : 'allow every region'),
  allowOperators: (v) => (v.length ? `allow operators ${v.join(', ')}` : 'allow every operator'), denyOperators: (v) => (v.length ? `deny only ${v.join(', ')}` : 'deny nobody'),
  maxPerOperator: (v) => (v === 0 ? 'allow any number on one operator' : `allow ${v} on one operator`), minReplicas: (v) => `start with ${v} at once`,
};

/** A change of a request as a phrase. */
export function change(fields) {
  return Object.entries(fields).map(([field, value]) => (FIELD[field] ? FIELD[field](value) : `${field} = ${JSON.stringify(value)}`)).join(' and ');
}
