/**
 * What every line keeps, whatever it is made of: a list of promises, each tried on a fresh line and its far
 * end. Nothing here knows a test runner or a host, so that the same promises are tried in Node on models and
 * inside a page on the real thing. A new transport is one more `LineMaker`.
 */
import type { Line, LineSettings } from '#lib/link/line.ts';
import { LinkFault, type LinkFaultKind } from '#lib/link/link-fault.ts';

/** The other end of the cable, in the test's hands. */
export interface FarEnd {
	/** Resolves when the line has taken them. */
	send(octets: Uint8Array): Promise<void>;
	/** The next so many octets; waits for them. */
	receive(count: number): Promise<Uint8Array>;
	/** The cable is pulled, the meter goes away: whatever breaks this kind of line. */
	breakOff(): Promise<void>;
}

export interface Connected {
	readonly line: Line;
	readonly farEnd: FarEnd;
	/** Lets so much time of the line pass. */
	rest(ms: number): Promise<void>;
	/** Rejects where the line's own clock finds that nothing will ever happen. */
	readonly stuck?: Promise<never>;
	dispose(): Promise<void>;
}

export interface LineMaker {
	readonly name: string;
	/** What the line is opened with. */
	readonly settings: LineSettings;
	/** What it is set to afterwards. */
	readonly otherSettings: LineSettings;
	/** What whoever receives or sends is told when it breaks. */
	readonly broken: LinkFaultKind;
	make(): Promise<Connected>;
}

export interface LinePromise {
	readonly name: string;
	readonly keep: (connected: Connected, maker: LineMaker) => Promise<void>;
}

/** An octet that nobody sent is waited for this long before it counts as never coming. */
const REST_MS = 200;
const HUNDRED_KB = 100_000;
/** Whoever takes this much without being asked for it would take anything. */
const TOO_MUCH = 48 << 20;
const PIECE = 1 << 15;

const ALL_OCTETS = Uint8Array.from({ length: 256 }, (_, octet) => octet);

/** Octets that differ at every place for long, so that a gap or a repetition shows. */
export function pattern(length: number, seed = 1): Uint8Array {
	const octets = new Uint8Array(length);
	for (let at = 0, state = seed >>> 0; at < length; at += 1) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		octets[at] = state >>> 24;
	}
	return octets;
}

function check(holds: boolean, sentence: string): void {
	if (!holds) throw new Error(sentence);
}

function checkOctets(got: Uint8Array, wanted: Uint8Array, what: string): void {
	check(got.length === wanted.length, `${what}: ${got.length} octets instead of ${wanted.length}`);
	const at = got.findIndex((octet, place) => octet !== wanted[place]);
	check(at < 0, `${what}: octet ${at} is ${got[at]} instead of ${wanted[at]}`);
}

/** So many octets from our end, in whatever pieces. */
async function take(line: Line, count: number): Promise<Uint8Array> {
	const octets = new Uint8Array(count);
	for (let at = 0; at < count;) {
		const piece = await line.receive();
		if (!piece) throw new Error(`the line ended after ${at} of ${count} octets`);
		check(at + piece.length <= count, `${at + piece.length} octets came instead of ${count}`);
		octets.set(piece, at);
		at += piece.length;
	}
	return octets;
}

/** Cuts octets into pieces of every size up to a frame's. */
function piecesOf(octets: Uint8Array): Uint8Array[] {
	const pieces: Uint8Array[] = [];
	for (let at = 0, size = 1; at < octets.length; at += size, size = (size * 7 + 3) % 1031 || 1)
		pieces.push(octets.subarray(at, at + size));
	return pieces;
}

const LATE = Symbol('late');

/** Sends a piece again and again until one is no longer taken; gives everything sent. */
async function sendUntilHeld(
	send: (octets: Uint8Array) => Promise<void>,
	rest: Connected['rest'],
): Promise<{ readonly sent: Uint8Array; readonly last: Promise<void> }> {
	const pieces: Uint8Array[] = [];
	for (let total = 0; total < TOO_MUCH; total += PIECE) {
		const piece = pattern(PIECE, total + 1);
		pieces.push(piece);
		const taken = send(piece);
		const first = await Promise.race([taken, rest(REST_MS).then(() => LATE)]);
		if (first === LATE) return { sent: join(pieces), last: taken };
	}
	throw new Error(`${TOO_MUCH} octets were taken although nobody wanted them`);
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}

/** The kind of fault that something rejects with. */
async function faultOf(work: Promise<unknown>): Promise<LinkFaultKind> {
	try {
		await work;
	} catch (error) {
		if (error instanceof LinkFault) return error.kind;
		throw error;
	}
	throw new Error('nothing was thrown where the line had broken');
}

async function checkFault(
	work: Promise<unknown>,
	kind: LinkFaultKind,
	what: string,
): Promise<void> {
	const got = await faultOf(work);
	check(got === kind, `${what} was told ${got} instead of ${kind}`);
}

async function checkEnded(line: Line): Promise<void> {
	for (const time of ['once', 'twice'])
		check((await line.receive()) === undefined, `something came after the end, asked ${time}`);
}

export const LINE_PROMISES: readonly LinePromise[] = [
	{
		name: 'carries every octet both ways',
		keep: async ({ line, farEnd }) => {
			await line.send(ALL_OCTETS);
			checkOctets(await farEnd.receive(256), ALL_OCTETS, 'to the far end');
			await farEnd.send(ALL_OCTETS);
			checkOctets(await take(line, 256), ALL_OCTETS, 'from the far end');
		},
	},
	{
		name: 'carries 100 kB in pieces, in order, to the far end',
		keep: async ({ line, farEnd }) => {
			const octets = pattern(HUNDRED_KB);
			const came = farEnd.receive(HUNDRED_KB);
			for (const piece of piecesOf(octets)) await line.send(piece);
			checkOctets(await came, octets, 'to the far end');
		},
	},
	{
		name: 'carries 100 kB in pieces, in order, from the far end',
		keep: async ({ line, farEnd }) => {
			const octets = pattern(HUNDRED_KB, 2);
			const came = take(line, HUNDRED_KB);
			for (const piece of piecesOf(octets)) await farEnd.send(piece);
			checkOctets(await came, octets, 'from the far end');
		},
	},
	{
		name: 'keeps the order of what is sent without waiting',
		keep: async ({ line, farEnd }) => {
			const octets = pattern(4000, 3);
			const sent = Promise.all(piecesOf(octets).map((piece) => line.send(piece)));
			checkOctets(await farEnd.receive(4000), octets, 'to the far end');
			await sent;
		},
	},
	{
		name: 'does not keep what it was given to send',
		keep: async ({ line, farEnd }) => {
			const octets = pattern(64, 4);
			await line.send(octets);
			const came = await farEnd.receive(64);
			octets.fill(0);
			checkOctets(came, pattern(64, 4), 'to the far end');
		},
	},
	{
		name: 'holds the far end back while nobody reads, and loses nothing by it',
		keep: async ({ line, farEnd, rest }) => {
			const { sent, last } = await sendUntilHeld((octets) => farEnd.send(octets), rest);
			checkOctets(await take(line, sent.length), sent, 'after holding back');
			await last;
		},
	},
	{
		name: 'holds us back while the far end does not read, and loses nothing by it',
		keep: async ({ line, farEnd, rest }) => {
			const { sent, last } = await sendUntilHeld((octets) => line.send(octets), rest);
			checkOctets(await farEnd.receive(sent.length), sent, 'after holding back');
			await last;
		},
	},
	{
		name: 'delivers what was sent before it is set anew',
		keep: async ({ line, farEnd }, { settings, otherSettings }) => {
			for (let round = 0; round < 4; round += 1) {
				const octets = pattern(300, round + 5);
				const sent = line.send(octets);
				await line.configure(round % 2 === 0 ? otherSettings : settings);
				await sent;
				checkOctets(await farEnd.receive(300), octets, `round ${round}`);
			}
		},
	},
	{
		name: 'drops what came before it is set anew, and nothing that comes after',
		keep: async ({ line, farEnd, rest }, { otherSettings }) => {
			await farEnd.send(pattern(300, 9));
			await rest(REST_MS);
			await line.configure(otherSettings);
			await farEnd.send(ALL_OCTETS);
			checkOctets(await take(line, 256), ALL_OCTETS, 'after setting anew');
		},
	},
	{
		name: 'goes on for whoever waits while it is set anew',
		keep: async ({ line, farEnd }, { otherSettings }) => {
			const waiting = line.receive();
			await line.configure(otherSettings);
			await farEnd.send(Uint8Array.of(7));
			checkOctets((await waiting) ?? new Uint8Array(), Uint8Array.of(7), 'to who waited');
			await line.send(Uint8Array.of(8));
			checkOctets(await farEnd.receive(1), Uint8Array.of(8), 'to the far end');
		},
	},
	{
		name: 'delivers what was sent before it is closed',
		keep: async ({ line, farEnd }) => {
			const octets = pattern(300, 10);
			const sent = line.send(octets);
			await line.close();
			await sent;
			checkOctets(await farEnd.receive(300), octets, 'before the end');
		},
	},
	{
		name: 'closes while the far end takes nothing, and keeps nobody waiting',
		keep: async ({ line, rest }) => {
			const { last } = await sendUntilHeld((octets) => line.send(octets), rest);
			const more = line.send(ALL_OCTETS);
			await line.close();
			await last;
			await more;
			await checkEnded(line);
		},
	},
	{
		name: 'has ended for ever once it is closed, however often',
		keep: async ({ line, farEnd, rest }, { otherSettings }) => {
			await farEnd.send(pattern(300, 11));
			await rest(REST_MS);
			await Promise.all([line.close(), line.close()]);
			await line.close();
			await checkEnded(line);
			await line.send(ALL_OCTETS);
			await line.configure(otherSettings);
			await checkEnded(line);
		},
	},
	{
		name: 'tells whoever waits that it was closed',
		keep: async ({ line }) => {
			const waiting = line.receive();
			await line.close();
			check((await waiting) === undefined, 'something came at the end');
		},
	},
	{
		name: 'tells whoever waits that it broke, and then has ended for ever',
		keep: async ({ line, farEnd }, { broken, otherSettings }) => {
			const waiting = faultOf(line.receive());
			await farEnd.breakOff();
			check((await waiting) === broken, `${await waiting} instead of ${broken}`);
			await checkEnded(line);
			await checkFault(line.send(ALL_OCTETS), broken, 'who sends');
			await checkFault(line.configure(otherSettings), broken, 'who sets it anew');
			await line.close();
			await checkEnded(line);
			await line.send(ALL_OCTETS);
		},
	},
	{
		name: 'tells whoever asks later that it broke, after what came before',
		keep: async ({ line, farEnd, rest }, { broken }) => {
			await farEnd.send(Uint8Array.of(1, 2, 3));
			await rest(REST_MS);
			await farEnd.breakOff();
			await rest(REST_MS);
			checkOctets(await take(line, 3), Uint8Array.of(1, 2, 3), 'before it broke');
			await checkFault(line.receive(), broken, 'who asks later');
			await checkEnded(line);
		},
	},
	{
		name: 'takes it for a slip when two wait at once',
		keep: async ({ line, farEnd }) => {
			const waiting = line.receive();
			const slip = async (): Promise<unknown> => line.receive();
			const second = await slip().catch((error: unknown) => error);
			check(second instanceof TypeError, 'a second one may wait');
			await farEnd.send(Uint8Array.of(9));
			checkOctets((await waiting) ?? new Uint8Array(), Uint8Array.of(9), 'to the first');
		},
	},
];

/** Tries one promise on a line of its own. */
export async function keepPromise(maker: LineMaker, promise: LinePromise): Promise<void> {
	const connected = await maker.make();
	try {
		const kept = promise.keep(connected, maker);
		await (connected.stuck ? Promise.race([kept, connected.stuck]) : kept);
	} finally {
		await connected.dispose();
	}
}
