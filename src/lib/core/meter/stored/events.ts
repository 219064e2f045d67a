/** What a meter has noted, as it is stored. */
import * as v from 'valibot';
import { TOKEN_RESULTS, type TokenResult } from '../../sts/decoder/token-result.ts';
import { EVENT_CAPACITY, eventsOf, type EventKind, LOG_OF, LOGS } from '../meter-events.ts';
import { OPEN_REASONS } from '../supply.ts';
import { TAMPER_KINDS } from '../tampers.ts';
import { RATES } from '../tariff/calendar.ts';
import { counting, whole } from './atoms.ts';

/** The result of a token. */
export const tokenResult = v.picklist(Object.keys(TOKEN_RESULTS) as TokenResult[]);

const kind = <const Kind extends EventKind>(...kinds: readonly Kind[]) => v.picklist(kinds);

const WITH_FACTS = [
	'token',
	'relay-opened',
	'tamper-detected',
	'tamper-ended',
	'rate-switched',
	'charge-collected',
	'voltage-sag',
	'voltage-swell',
	'voltage-normal',
] as const;

type Plain = Exclude<EventKind, (typeof WITH_FACTS)[number]>;

const PLAIN = (Object.keys(LOG_OF) as EventKind[]).filter(
	(each): each is Plain => !(WITH_FACTS as readonly string[]).includes(each),
);

const event = v.union([
	v.strictObject({ kind: kind('token'), atMs: whole(), result: tokenResult }),
	v.strictObject({
		kind: kind('relay-opened'),
		atMs: whole(),
		reason: v.exactOptional(v.picklist(OPEN_REASONS)),
	}),
	v.strictObject({
		kind: kind('tamper-detected', 'tamper-ended'),
		atMs: whole(),
		tamper: v.exactOptional(v.picklist(TAMPER_KINDS)),
	}),
	v.strictObject({ kind: kind('rate-switched'), atMs: whole(), rate: counting(RATES) }),
	v.strictObject({
		kind: kind('charge-collected'),
		atMs: whole(),
		collectedWh: whole(),
		remainingWh: whole(),
	}),
	v.strictObject({
		kind: kind('voltage-sag', 'voltage-swell', 'voltage-normal'),
		atMs: whole(),
		phase: counting(3),
	}),
	v.strictObject({ kind: kind(...PLAIN), atMs: whole() }),
]);

export const storedEvents = v.pipe(
	v.array(event),
	v.check((events) => LOGS.every((log) => eventsOf(events, log).length <= EVENT_CAPACITY)),
);
