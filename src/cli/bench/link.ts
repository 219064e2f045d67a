/**
 * `npm run bench -- link`: a technician's session over a terminal at 9,600 baud, connecting, reading the
 * meter at a glance and delivering tokens, beside the time that the octets alone need. The link is the one
 * of the technician's page; the meter is a process of its own that paces both ways, since a pty does not.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { type MeterProfile, parseMeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import virtualJson from '#lib/core/dlms/profile/virtual.json' with { type: 'json' };
import { planDelivery } from '#lib/core/field/delivery/plan-delivery.ts';
import { TEST_KEY_SETS } from '#lib/core/meter/cosem/client-setups.ts';
import { connect } from '#lib/link/connect.ts';
import type { Connected, ConnectOrder } from '#lib/link/connect-order.ts';
import { deliverTokens } from '#lib/link/deliver-tokens.ts';
import { readGlance } from '#lib/link/read-glance.ts';
import { NODE_TIMER } from '../meter/node-timer.ts';
import { sampleTokens } from '../meter/test-meter.ts';
import { countedPort, type LineNeed, NeedCount } from './line-need.ts';
import { machine } from './measure.ts';
import { MeterProcess } from './meter-process.ts';
import { terminalPort } from './terminal-port.ts';

/** The shortest reactions of the standard (IEC 62056-21, 6.3): the usual one, and that of fast meters. */
const REACTIONS_MS = [200, 20] as const;
/** What a delivery aims at. */
const AIM = 1.15;

/** One part of a session: how long it took, and what its octets need. */
interface Part {
	readonly tookMs: number;
	readonly need: LineNeed;
}

async function timed<Result>(
	count: NeedCount,
	work: () => Promise<Result>,
): Promise<{ result: Result; part: Part }> {
	count.take();
	const startedMs = performance.now();
	const result = await work();
	return { result, part: { tookMs: performance.now() - startedMs, need: count.take() } };
}

function profileInModeE(): MeterProfile {
	const profile = parseMeterProfile({ ...virtualJson, openings: ['mode-e'] });
	if ('faults' in profile) throw new Error(JSON.stringify(profile.faults));
	return profile;
}

/** The order of a technician with the published keys; counters last as long as the bench. */
function orderFor(path: string, profile: MeterProfile, count: NeedCount): ConnectOrder {
	const [keys] = TEST_KEY_SETS;
	if (!keys) throw new Error('no test keys');
	const counters = new Map<string, number>();
	return {
		port: countedPort(terminalPort(path), count),
		profile,
		secrets: {
			keys: {
				unicast: parseHex(keys.unicastHex),
				authentication: parseHex(keys.authenticationHex),
			},
		},
		client: { systemTitle: parseHex('544b430000000001'), sendSpace: 'bench' },
		host: {
			timer: NODE_TIMER,
			random: (octets) => new Uint8Array(randomBytes(octets)),
			counters: {
				port: {
					read: (space) => counters.get(space) ?? 0,
					write: (space, value) => void counters.set(space, value),
				},
				safe: () => Promise.resolve(),
			},
		},
		keepAlive: 'none',
	};
}

async function connected(order: ConnectOrder): Promise<Connected> {
	const outcome = await connect(order);
	if (outcome.kind === 'failed') throw new Error(JSON.stringify(outcome));
	return outcome;
}

async function glance({ conversation }: Connected): Promise<void> {
	for await (const { interrupted } of readGlance(conversation, { timer: NODE_TIMER }))
		if (interrupted) throw new Error(JSON.stringify(interrupted));
}

async function deliver(
	{ conversation, identity }: Connected,
	profile: MeterProfile,
	digits: string,
): Promise<void> {
	const meter = identity.deviceName ?? '';
	const planned = planDelivery(meter, profile, [{ digits, kind: 'credit', madeAtMs: 0 }]);
	if ('refused' in planned) throw new Error(JSON.stringify(planned));
	const { delivery } = planned;
	const keep = () => Promise.resolve();
	const { ended, delivery: last } = await deliverTokens({
		...{ delivery, conversation, meter, timer: NODE_TIMER, keep },
	});
	const [token] = last.tokens;
	if (ended !== 'done' || token?.state.phase !== 'accepted' || token.sends !== 1)
		throw new Error(`${ended}: ${JSON.stringify(token)}`);
}

const ratioOf = ({ tookMs, need }: Part): number => tookMs / need.needMs;

function print(what: string, part: Part, aim = ''): void {
	const { need, tookMs } = part;
	const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`.padStart(9);
	const crossed = `${need.out} octets out, ${need.in} in, ${need.turns} answers`;
	console.log(
		`${what.padEnd(22)}${seconds(tookMs)}${seconds(need.needMs)} needed${ratioOf(part).toFixed(2).padStart(7)}×  ${crossed}${aim}`,
	);
}

async function session(reactionMs: number): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'tokenline-bench-'));
	const path = join(folder, 'meter');
	const meter = await MeterProcess.start(path, [
		...['--opening', 'mode-e', '--baud', '9600', '--pace', '--reaction', String(reactionMs)],
	]);
	try {
		const profile = profileInModeE();
		const count = new NeedCount(reactionMs);
		const order = orderFor(path, profile, count);
		const { result: met, part: connecting } = await timed(count, () => connected(order));
		print('connect', connecting);
		const { part: reading } = await timed(count, () => glance(met));
		print('read at a glance', reading);
		const deliveries: Part[] = [];
		for (const { digits } of sampleTokens()) {
			const { part } = await timed(count, () => deliver(met, profile, digits));
			deliveries.push(part);
		}
		await met.conversation.end();
		const [, middle] = deliveries.sort((one, other) => ratioOf(one) - ratioOf(other));
		if (!middle) throw new Error('no token was delivered');
		const within = ratioOf(middle) <= AIM ? 'within' : 'above';
		print('deliver one token', middle, `; ${within} the aim of ${AIM}`);
	} finally {
		await meter.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Runs everything and prints it. */
export async function run(): Promise<void> {
	console.log(`Link: ${machine()}, load ${loadavg()[0]?.toFixed(1)}`);
	for (const reactionMs of REACTIONS_MS) {
		console.log(`\nMode E, 300 to 9,600 baud on a pty, the meter answers after ${reactionMs} ms`);
		await session(reactionMs);
	}
}
