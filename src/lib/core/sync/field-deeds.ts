/**
 * What a technician's device writes down of each deed: one shape for each kind of journal entry, all of them
 * bounded, none with a secret. Digits stand in a delivery only, of a token that was handed to a meter.
 *
 * Always holds: these shapes change nothing that they read, so that what was checked is what was signed; a
 * meter that answers rubbish can still be written down.
 */
import * as v from 'valibot';
import { JOURNAL_KINDS, type JournalKind } from '#lib/core/field/journal-terms.ts';
import { OPENINGS } from '#lib/core/dlms/profile/meter-profile.ts';
import { TOKEN_RESULTS, type TokenResult } from '#lib/core/sts/decoder/token-result.ts';
import { Id } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const upTo = (most: number) => v.pipe(whole, v.minValue(0), v.maxValue(most));
const instant = v.pipe(whole, v.minValue(0));
/** One line of text without control characters. */
const line = (longest: number) =>
	v.pipe(
		v.string(),
		v.minLength(1),
		v.maxLength(longest),
		v.regex(/^[^\p{Cc}]*$/u, 'no control characters'),
	);
/** SHA-256, hex. */
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hex digits'));
const octet = upTo(255);
const logicalName = v.pipe(v.string(), v.regex(/^\d{1,3}(?:\.\d{1,3}){5}$/, 'a logical name'));

/** How the device came to the meter: which probe, and the line as it was agreed. */
const Probe = v.strictObject({
	/** `PortLabel.name`: "FT232R", "Virtual meter 37204100004". */
	label: line(80),
	kind: v.picklist(['serial', 'usb', 'bridge', 'virtual']),
	/** USB vendor and product, `0403:6001`. */
	usb: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/))),
	opening: v.picklist(OPENINGS),
	/** Null where the medium has no rate. */
	baud: v.nullable(upTo(4_000_000)),
});

/** A meter's key as it tells of it itself (class 116), whatever it may say. */
const KeyAsRead = v.strictObject({
	sgc: v.pipe(v.string(), v.regex(/^\d{1,10}$/)),
	krn: octet,
	ti: v.pipe(v.string(), v.regex(/^\d{1,3}$/)),
	kt: v.nullable(octet),
	ken: v.nullable(octet),
	ea: v.nullable(octet),
});

/** How a meter was at one moment; null: not in this meter, or not read. */
export const MeterAsRead = v.strictObject({
	clockMs: v.nullable(whole),
	/** `amount` × 10^`scale` of `unit`, as of class 111 or 112. */
	credit: v.nullable(
		v.strictObject({
			amount: whole,
			scale: v.pipe(whole, v.minValue(-12), v.maxValue(12)),
			unit: line(12),
		}),
	),
	relay: v.nullable(v.picklist(['disconnected', 'connected', 'ready-for-reconnection'])),
	key: v.nullable(KeyAsRead),
	/** Active energy imported. */
	totalWh: v.nullable(whole),
});

const PackOpened = v.strictObject({
	packId: Id,
	issuedAtMs: instant,
	validUntilMs: instant,
	meters: upTo(1_000),
});

export const PACK_ENDS = [
	/** The technician was done with it. */
	'closed',
	/** Its time was over. */
	'expired',
	'signed-out',
	/** A newer one took its place. */
	'replaced',
	/** The PIN was wrong too often. */
	'pin-wrong',
] as const;
const PackDestroyed = v.strictObject({ packId: Id, why: v.picklist(PACK_ENDS) });

const MeterMet = v.strictObject({
	probe: Probe,
	/** Of the association, 8 octets in hex. */
	systemTitleHex: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))),
	/** The meter number as the meter tells it. */
	drnRead: v.nullable(line(40)),
	serial: v.nullable(line(60)),
	firmware: v.nullable(line(60)),
	/** What the seal on the meter says. */
	seal: v.nullable(line(60)),
	meter: MeterAsRead,
});

/** `unknown`: the answer was lost and could not be read back. Never "failed". */
export const DELIVERY_VERDICTS = ['accepted', 'refused', 'unknown'] as const;
export type DeliveryVerdict = (typeof DELIVERY_VERDICTS)[number];

export const TokenDelivery = v.strictObject({
	/** Null: digits that somebody keyed in, of no vend of the pack. */
	vendId: v.nullable(Id),
	/** Place among the vend's tokens, from 1. */
	sequence: v.nullable(v.pipe(whole, v.minValue(1), v.maxValue(20))),
	digits: v.pipe(v.string(), v.regex(/^\d{20}$/, 'twenty digits')),
	/** Place in the queue of this run, from 1. */
	position: v.pipe(whole, v.minValue(1), v.maxValue(1_000)),
	probe: Probe,
	/** Over the session's frames, in and out, in order. */
	framesDigest: v.nullable(digest),
	before: v.nullable(MeterAsRead),
	after: v.nullable(MeterAsRead),
	verdict: v.picklist(DELIVERY_VERDICTS),
	/** `token_status` of class 115, the last that was read: 0 … 8. */
	statusCode: v.nullable(upTo(8)),
	/** The meter's own result, where it tells one. */
	result: v.nullable(v.picklist(Object.keys(TOKEN_RESULTS) as TokenResult[])),
	/** The answer to `enter` was lost, and the verdict comes from what the meter said afterwards. */
	readBack: v.boolean(),
});

/** What a deed at a meter came to; `unknown` as of a delivery. */
export const DEED_OUTCOMES = ['done', 'refused', 'unknown'] as const;
const outcome = v.picklist(DEED_OUTCOMES);
const reason = v.nullable(line(200));

const KeyChangeRun = v.strictObject({
	probe: Probe,
	/** Whose set it was; null: keyed in. */
	vendId: v.nullable(Id),
	/** Tokens handed to the meter. */
	tokens: upTo(20),
	before: v.nullable(KeyAsRead),
	after: v.nullable(KeyAsRead),
	outcome,
	framesDigest: v.nullable(digest),
});

const ClockSet = v.strictObject({
	probe: Probe,
	beforeMs: v.nullable(whole),
	wantedMs: whole,
	afterMs: v.nullable(whole),
	outcome,
	reason,
});

const RelaySwitched = v.strictObject({
	probe: Probe,
	wanted: v.picklist(['connected', 'disconnected']),
	before: MeterAsRead.entries.relay,
	after: MeterAsRead.entries.relay,
	outcome,
	reason,
});

/** Registers in one reading. */
export const MAX_READ_REGISTERS = 64;
const Reading = v.strictObject({
	probe: Probe,
	clockMs: v.nullable(whole),
	/** `value` × 10^`scale` of `unit`. */
	registers: v.pipe(
		v.array(
			v.strictObject({
				obis: logicalName,
				value: whole,
				scale: v.pipe(whole, v.minValue(-12), v.maxValue(12)),
				unit: v.nullable(line(12)),
			}),
		),
		v.maxLength(MAX_READ_REGISTERS),
	),
	/** Of a profile or log that was read besides and is kept on the device only. */
	profileDigest: v.nullable(digest),
	framesDigest: v.nullable(digest),
});

const FirmwareTransfer = v.strictObject({
	probe: Probe,
	imageDigest: digest,
	identifier: line(80),
	sizeOctets: upTo(2 ** 32),
	blocksSent: upTo(2 ** 32),
	/** How far it came (class 18); a meter that took an image has not yet started it. */
	stage: v.picklist(['broken-off', 'transferred', 'verified', 'activated']),
	outcome,
	firmwareBefore: v.nullable(line(60)),
	firmwareAfter: v.nullable(line(60)),
	reason,
});

const BenchReport = v.strictObject({
	probe: Probe,
	/** Of the report as JSON; the report stays on the device. */
	reportDigest: digest,
	suite: line(80),
	passed: upTo(10_000),
	failed: upTo(10_000),
	skipped: upTo(10_000),
});

/** Kind of an entry → the shape of its content. */
export const JOURNAL_CONTENTS = {
	'pack-opened': PackOpened,
	'meter-met': MeterMet,
	'token-delivery': TokenDelivery,
	'key-change-run': KeyChangeRun,
	'clock-set': ClockSet,
	'relay-switched': RelaySwitched,
	reading: Reading,
	'firmware-transfer': FirmwareTransfer,
	'bench-report': BenchReport,
	'pack-destroyed': PackDestroyed,
} as const satisfies Record<JournalKind, v.GenericSchema>;
export { JOURNAL_KINDS, type JournalKind };
export type JournalContents = {
	readonly [Kind in JournalKind]: v.InferOutput<(typeof JOURNAL_CONTENTS)[Kind]>;
};

export type ProbeAsMet = v.InferOutput<typeof Probe>;
export type MeterAsRead = v.InferOutput<typeof MeterAsRead>;
export type TokenDelivery = v.InferOutput<typeof TokenDelivery>;
