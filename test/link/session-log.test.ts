import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { asciiOctets, octetString } from '#lib/core/dlms/axdr/build.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { FrameLog } from '#lib/core/field/frame-log/frame-log.ts';
import type { FramePiece } from '#lib/core/field/frame-log/frame-piece.ts';
import { logJson, logText } from '#lib/core/field/frame-log/log-export.ts';
import { TEST_KEY_SETS, TEST_PASSWORD } from '#lib/core/meter/cosem/client-setups.ts';
import { connect } from '#lib/link/connect.ts';
import type { ConnectOrder } from '#lib/link/connect-order.ts';
import { creditToken, MADE_TID } from '../core/meter/bench-meter.ts';
import { CutBench, profileWith } from './cut-line.ts';
import { modeEMeter } from './mode-e-meter.ts';

const TOKEN = creditToken(500, MADE_TID + 60);

/** A whole session with a token in it; its log, its frames and the digest of the conversation. */
async function session(more: Partial<ConnectOrder> = {}) {
	const bench = new CutBench();
	const log = new FrameLog();
	const pieces: FramePiece[] = [];
	const port =
		more.profile?.openings[0] === 'mode-e'
			? bench.port('hdlc', {}, modeEMeter(bench))
			: bench.port('hdlc');
	const order = bench.order(port, {
		frames: (piece) => {
			pieces.push(piece);
			log.add(piece);
		},
		...more,
	});
	if (order.secrets.keys) log.useKeys({ keys: order.secrets.keys });
	const connected = await bench.timer.run(connect(order));
	if (connected.kind === 'failed') throw new Error(JSON.stringify(connected));
	await bench.timer.run(
		connected.conversation.ask({
			kind: 'action',
			target: { classId: 115, logicalName: obis('0.0.19.40.0'), method: 1 },
			parameter: octetString(asciiOctets(TOKEN)),
		}),
	);
	await bench.timer.run(connected.conversation.end());
	log.view.read();
	const about = { madeAtMs: 0, frames: log.length, dropped: log.dropped, tokens: false };
	const files = [...logText(log.view.details(), about), ...logJson(log.view.details(), about)];
	const text = files.join('');
	return { log, pieces, text, digest: connected.digest() };
}

describe('the log of a session', () => {
	it('shows a ciphered session deciphered, and nothing that must stay hidden', async () => {
		const { log, text } = await session({ profile: profileWith({ openings: ['mode-e'] }) });
		expect(log.view.rows({ levels: ['noise'] })).toEqual([]);
		expect(log.view.rows({ problems: true })).toEqual([]);
		expect(log.view.rows({ levels: ['opening'] })).toHaveLength(3);
		expect(text).toContain('method: Token gateway 0.0.19.40.0.255 enter');
		expect(text).toContain('parameter: (token, not shown)');
		expect(text).toContain('counter 4');
		const [keys] = TEST_KEY_SETS;
		for (const hidden of [
			keys?.unicastHex,
			keys?.authenticationHex,
			TOKEN,
			formatHex(asciiOctets(TOKEN)),
		])
			expect(text).not.toContain(hidden);
		const view = log.viewWithTokens();
		view.read();
		const about = { madeAtMs: 0, frames: 0, dropped: 0, tokens: true };
		expect([...logText(view.details(), about)].join('')).toContain(TOKEN);
	});

	it('hides the password and the token of a session in the open', async () => {
		const { text } = await session({
			profile: profileWith({ client: 17, mechanism: 'low', security: 'none' }),
			secrets: { secret: asciiOctets(TEST_PASSWORD) },
		});
		const serial = formatHex(asciiOctets('12345678903'));
		expect(text).toContain(serial);
		expect(text.replaceAll(serial, '')).not.toContain(formatHex(asciiOctets(TEST_PASSWORD)));
		expect(text).toContain('password: (not shown)');
		expect(text).not.toContain(formatHex(asciiOctets(TOKEN)).slice(4, 20));
	});

	it('has the digest that the proof names', async () => {
		const { pieces, digest } = await session();
		const hash = createHash('sha256');
		for (const { direction, octets } of pieces.filter(({ layer }) => layer !== 'noise')) {
			const head = new DataView(new ArrayBuffer(5));
			head.setUint8(0, direction === 'out' ? 0 : 1);
			head.setUint32(1, octets.length);
			hash.update(new Uint8Array(head.buffer)).update(octets);
		}
		expect(digest).toEqual({ sha256: hash.digest('hex'), frames: pieces.length });
	});
});
