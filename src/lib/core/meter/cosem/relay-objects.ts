/**
 * What lets energy flow: disconnect control with its script, limiters, and the status that says why the
 * relay is open.
 */
import {
	array,
	boolean,
	doubleLongUnsigned,
	enumerated,
	integer,
	longUnsigned,
	structure,
} from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { CONTROL_MODES } from '../control-modes.ts';
import { noteEvent } from '../meter-events.ts';
import { type Commanded, disconnectRemotely, reconnectRemotely } from '../remote-control.ts';
import { OPEN_REASONS, relayOf, standingReasons } from '../supply.ts';
import type { VirtualMeter } from '../virtual-meter.ts';
import { withSupply } from '../with-supply.ts';
import { cosemObject, type CosemObject, type Invoked, type Question } from './cosem-object.ts';
import type { Presence, Written } from './cosem-object.ts';
import { attributeData, HIGHEST_U32, nameData, NO_INSTANT } from './cosem-values.ts';
import { isThreePhase } from './presence.ts';
import { UNBALANCE } from './register-objects.ts';

const DISCONNECT_CONTROL = '0.0.96.3.10';
const DISCONNECT_SCRIPT = '0.0.10.0.106';

const DISCONNECTED = 0;
const CONNECTED = 1;
const READY = 2;

/** `ready` means that a hand must close it; where the meter will close it by itself it is disconnected. */
function controlState({ meter: { meter } }: Question): number {
	if (relayOf(meter.supply) === 'closed') return CONNECTED;
	return meter.supply.control === 'ready' ? READY : DISCONNECTED;
}

const command =
	(carryOut: (meter: VirtualMeter, instantMs: number) => Commanded) =>
	({ meter, instantMs }: Question): Invoked => {
		const { meter: after, outcome } = carryOut(meter.meter, instantMs);
		if (outcome === 'done') return { meter: { ...meter, meter: after } };
		return { refused: outcome === 'not-now' ? 'temporary-failure' : 'other-reason' };
	};

const disconnect = command(disconnectRemotely);
const reconnect = command(reconnectRemotely);

function writeMode({ meter, instantMs }: Question, data: Data): Written {
	const mode = 'value' in data ? data.value : undefined;
	if (!CONTROL_MODES.some((row) => row.mode === mode)) return { refused: 'other-reason' };
	const events = noteEvent(meter.meter.events, { kind: 'parameters-changed', atMs: instantMs });
	const supply = { ...meter.meter.supply, controlMode: Number(mode) };
	return { meter: { ...meter, meter: withSupply({ ...meter.meter, events }, supply, instantMs) } };
}

const SCRIPTS = [
	{ id: 1, method: 1, run: disconnect },
	{ id: 2, method: 2, run: reconnect },
] as const;

const EXECUTE = 2;

const scriptData = ({ id, method }: (typeof SCRIPTS)[number]): Data =>
	structure(
		longUnsigned(id),
		array(
			structure(
				enumerated(EXECUTE),
				longUnsigned(70),
				nameData(DISCONNECT_CONTROL),
				integer(method),
				integer(0),
			),
		),
	);

function execute(question: Question, parameter: Data | undefined): Invoked {
	if (parameter?.type !== 'long-unsigned') return { refused: 'type-unmatched' };
	const script = SCRIPTS.find(({ id }) => id === parameter.value);
	return script ? script.run(question) : { refused: 'other-reason' };
}

const actionData = (script: number): Data =>
	structure(nameData(DISCONNECT_SCRIPT), longUnsigned(script));

const limiter = (
	name: string,
	monitored: string,
	limitOf: (meter: VirtualMeter) => number | null,
	presentIn?: Presence,
): CosemObject => {
	const limitData = ({ meter }: Question): Data =>
		doubleLongUnsigned(limitOf(meter.meter) ?? HIGHEST_U32);
	return cosemObject(
		71,
		name,
		{
			2: () => attributeData(3, monitored, 2),
			3: limitData,
			4: limitData,
			5: () => doubleLongUnsigned(HIGHEST_U32),
			6: () => doubleLongUnsigned(0),
			7: ({ meter }) => doubleLongUnsigned(meter.meter.settings.tripRule.pauseS),
			8: () => structure(longUnsigned(0), NO_INSTANT, doubleLongUnsigned(0)),
			9: () => array(),
			10: () => boolean(false),
			11: () => structure(actionData(1), actionData(2)),
		},
		{ presentIn },
	);
};

/** Every reason that keeps the relay open, one bit each in the order of `OPEN_REASONS`, the lowest first. */
const reasonBits = ({ meter }: Question): number =>
	standingReasons(meter.meter.supply).reduce(
		(bits, reason) => bits + 2 ** OPEN_REASONS.indexOf(reason),
		0,
	);

export const RELAY_OBJECTS: readonly CosemObject[] = [
	cosemObject(
		70,
		DISCONNECT_CONTROL,
		{
			2: ({ meter }) => boolean(relayOf(meter.meter.supply) === 'closed'),
			3: (question) => enumerated(controlState(question)),
			4: ({ meter }) => enumerated(meter.meter.supply.controlMode),
		},
		{
			writes: { 4: writeMode },
			methods: [
				{ index: 1, lowest: 'management', invoke: disconnect },
				{ index: 2, lowest: 'management', invoke: reconnect },
			],
		},
	),
	cosemObject(
		9,
		DISCONNECT_SCRIPT,
		{ 2: () => array(...SCRIPTS.map(scriptData)) },
		{ methods: [{ index: 1, lowest: 'management', invoke: execute }] },
	),
	limiter('0.0.17.0.0', '1.0.1.7.0', ({ supply }) => supply.powerLimitW),
	limiter('0.0.17.0.1', UNBALANCE, ({ supply }) => supply.phaseUnbalanceLimitW, isThreePhase),
	cosemObject(1, '0.0.96.5.0', { 2: (question) => doubleLongUnsigned(reasonBits(question)) }),
];
