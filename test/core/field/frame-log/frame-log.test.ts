import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import type { Apdu } from '#lib/core/dlms/apdu/apdu.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { FrameLog } from '#lib/core/field/frame-log/frame-log.ts';
import type { FramePiece } from '#lib/core/field/frame-log/frame-piece.ts';
import type { LogFilter } from '#lib/core/field/frame-log/log-filter.ts';
import { LOG_FORMAT, logJson, logText } from '#lib/core/field/frame-log/log-export.ts';
import { AT_MS, hdlcCommand, heard, piece, receiveReady, sent, wrapperPiece } from './frames.ts';

const invoke = 0xc1;
const get = (classId: number, name: string): Apdu => ({
	apdu: 'get-request',
	kind: 'normal',
	invoke,
	target: { classId, logicalName: obis(name), attribute: 2 },
});
const got = (value: number): Apdu => ({
	apdu: 'get-response',
	kind: 'normal',
	invoke,
	result: { data: build.long(value) },
});
const refused: Apdu = { apdu: 'get-response', kind: 'normal', invoke, result: { error: 4 } };

const SESSION: readonly FramePiece[] = [
	piece('out', build.asciiOctets('/?!\r\n'), 'opening'),
	hdlcCommand('out', 'SNRM'),
	...sent(get(3, '1.0.1.8.0')),
	...heard(got(7)),
	...sent(get(8, '0.0.1.0.0')),
	piece('in', Uint8Array.of(1, 2), 'noise'),
	...heard(refused),
	receiveReady('out'),
	hdlcCommand('in', 'DM'),
	wrapperPiece('in', parseHex('d80102')),
	wrapperPiece('in', parseHex('ff')),
];

function logOf(pieces: readonly FramePiece[], limits?: ConstructorParameters<typeof FrameLog>[0]) {
	const log = new FrameLog(limits);
	pieces.forEach(log.add);
	return log;
}

describe('the frame log', () => {
	it('says of each frame what it is and what it is about', () => {
		const log = logOf(SESSION);
		expect(log.view.read()).toBe(true);
		expect(
			log.view.rows().map(({ number, level, what, problem }) => [number, level, what, problem]),
		).toEqual([
			[1, 'opening', 'opening', false],
			[2, 'link', 'HDLC SNRM', false],
			[3, 'service', 'get-request', false],
			[4, 'service', 'get-response', false],
			[5, 'service', 'get-request', false],
			[6, 'noise', 'noise', true],
			[7, 'service', 'get-response', true],
			[8, 'link', 'HDLC RR', false],
			[9, 'link', 'HDLC DM', true],
			[10, 'service', 'exception-response', true],
			[11, 'service', 'unknown', true],
		]);
	});

	it.each<[LogFilter, number[]]>([
		[{}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
		[{ direction: 'in' }, [4, 6, 7, 9, 10, 11]],
		[{ levels: ['noise', 'opening'] }, [1, 6]],
		[{ service: 'get' }, [3, 4, 5, 7]],
		[{ service: 'get-request' }, [3, 5]],
		[{ service: 'HDLC SNRM' }, [2]],
		[{ service: 'g' }, []],
		[{ classId: 8 }, [5, 7]],
		[{ logicalName: obis('1.0.1.8.0.255') }, [3, 4]],
		[{ problems: true }, [6, 7, 9, 10, 11]],
		[{ problems: true, direction: 'in', classId: 8 }, [7]],
	])('is filtered by %j', (filter, numbers) => {
		const log = logOf(SESSION);
		log.view.read();
		expect(log.view.rows(filter).map(({ number }) => number)).toEqual(numbers);
	});

	it('is read bit by bit, and only when somebody asks', () => {
		const log = logOf(SESSION);
		expect(log.view.rows()).toEqual([]);
		expect(log.view.read(4)).toBe(false);
		expect(log.view.rows()).toHaveLength(4);
		expect(log.view.read(7)).toBe(true);
		expect(log.view.rows()).toHaveLength(11);
		log.add(SESSION[3] as FramePiece);
		expect(log.newest).toBe(12);
		expect(log.view.rows()).toHaveLength(11);
		expect(log.view.read(1)).toBe(true);
	});

	it('keeps so many frames and octets, the newest', () => {
		const many = Array.from({ length: 40 }, () => SESSION.slice(2, 4)).flat();
		const byCount = logOf(many, { frames: 10, octets: 100_000 });
		expect([byCount.length, byCount.dropped, byCount.newest]).toEqual([10, 70, 80]);
		byCount.view.read();
		expect(byCount.view.rows().map(({ number }) => number)).toEqual([
			71, 72, 73, 74, 75, 76, 77, 78, 79, 80,
		]);
		const frame = (SESSION[2] as FramePiece).octets.length;
		const byOctets = logOf(many, { frames: 1000, octets: 5 * frame });
		expect(byOctets.length).toBeLessThanOrEqual(6);
		expect(byOctets.length).toBeGreaterThan(3);
	});

	it('knows what the frames have taught that are not kept any more', () => {
		const questions = [...sent(get(3, '1.0.1.8.0')), ...heard(got(7)), ...heard(got(8))];
		const log = logOf(questions, { frames: 2, octets: 100_000 });
		log.view.read();
		expect(log.view.rows({ classId: 3 })).toHaveLength(2);
		// Whoever begins at the oldest frame that is kept does not know what was asked.
		const view = log.viewWithTokens();
		view.read();
		expect(view.detail(2)?.tree.parts?.[0]?.parts?.[0]?.value).toBe('(not shown)');
		expect(log.view.detail(2)?.tree.parts?.[0]?.parts?.[0]?.value).toBe('7');
		expect(log.view.detail(1)).toBeUndefined();
	});

	it('forgets everything when it is told to', () => {
		const log = logOf(SESSION);
		log.view.read();
		log.clear();
		expect([log.length, log.dropped, log.view.rows()]).toEqual([0, 11, []]);
		log.add(SESSION[1] as FramePiece);
		expect(log.view.read()).toBe(true);
		expect(log.view.rows().map(({ number }) => number)).toEqual([12]);
	});

	it('is a file that says what it is', () => {
		const log = logOf(SESSION);
		log.view.read();
		const about = {
			madeAtMs: AT_MS,
			port: 'FT232R',
			meter: 'TKL0012345678903',
			sha256: 'ab'.repeat(32),
			frames: 11,
			dropped: 3,
			tokens: false,
		};
		const json = JSON.parse([...logJson(log.view.details(), about)].join(''));
		expect(json).toMatchObject({
			format: LOG_FORMAT,
			version: 1,
			madeAt: '2026-01-05T09:30:00.000Z',
			meter: 'TKL0012345678903',
			dropped: 3,
		});
		expect(json.log).toHaveLength(11);
		expect(json.log[4]).toMatchObject({
			number: 5,
			direction: 'out',
			targets: [{ classId: 8, logicalName: '0.0.1.0.0.255', attribute: 2 }],
		});
		const text = [...logText(log.view.details(), about)].join('');
		expect(text).toContain(`${LOG_FORMAT} 1`);
		expect(text).toContain('frames 11, before them 3');
		expect(text).toContain('7 2026-01-05T09:30:00.000Z ← hdlc !');
		expect(text).toContain('result: object-undefined');
	});
});
