// Deploys, follows until it runs, and ends it: node dist/example.js http://127.0.0.1:8080 [KEY]
import { randomUUID } from 'node:crypto';
import { answered, follow, phalanx, RefusedError, type Options, type Schemas } from './client.js';

const [url = 'http://127.0.0.1:8080', key] = process.argv.slice(2);
const options: Options = key === undefined ? { url, developer: 'alice' } : { url, key };
const client = phalanx(options);

const request: Schemas['DeploymentRequest'] = {
  name: 'from-typescript',
  codeHash: '0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  tiers: [1, 2, 3],
  maxGasPrice: '1000',
  budget: '5000000000000',
};

const outlook = answered(await client.POST('/v1/deployments', { params: { query: { dryRun: true } }, body: request })) as Schemas['Explanation'];
console.log(`it is ${outlook.verdict}: ${outlook.eligibleMiners} miners suit it, ${outlook.idleEligibleMiners} of them are free`);

// The same key for every repetition of this request: it is created once, however often it is sent.
const made = answered(await client.POST('/v1/deployments', { params: { header: { 'Idempotency-Key': randomUUID() } }, body: request })) as Schemas['Deployment'];
for await (const { data } of follow(options, `/v1/deployments/${made.id}/events?kind=deployment`)) {
  const { state } = data as Schemas['Deployment'];
  console.log(`${made.id} is ${state}`);
  if (state === 'Running' || state === 'Ended') {
    break;
  }
}
const ended = answered(await client.DELETE('/v1/deployments/{id}', { params: { path: { id: made.id } } }));
console.log(`${made.id} is ${ended.state} (${ended.endReason})`);

// A firm price: miners are held for it until it is taken, given back, or over.
const quote = answered(await client.POST('/v1/quotes', { params: { header: { 'Idempotency-Key': randomUUID() } }, body: { ...request, validFor: 'PT2M' } }));
console.log(`${quote.id} is ${quote.state}: ${quote.replicas.map((one) => one.gasPrice).join(', ')} until ${quote.expiresAt}`);
const back = answered(await client.DELETE('/v1/quotes/{id}', { params: { path: { id: quote.id } } }));
console.log(`${back.id} is ${back.state}`);

try {
  answered(await client.POST('/v1/deployments', { body: { ...request, tiers: [], budget: '-1' } }));
} catch (error) {
  if (!(error instanceof RefusedError)) {
    throw error;
  }
  console.log(`refused with ${error.status}: ${(error.problem.errors ?? []).map((fault) => `${fault.pointer} ${fault.detail}`).join('; ')}`);
}
process.exit(0);
