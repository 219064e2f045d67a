/** The virtual meter: its face plate and display, what its keypad answers, and the page around it. */
import type { MeterEvent } from '#lib/core/meter/meter-events.ts';
import { METER_DISPLAY, METER_ENTRY, METER_ITEMS, METER_VALUES } from '../../meter-display.ts';
import { tokenDone, tokenResults } from '../token-results.ts';

/** Lines of the event log; a token's line is its result's title. */
const events: Record<Exclude<MeterEvent['kind'], 'token'>, string> = {
	manufactured: 'Left the factory',
	'power-down': 'Power gone',
	'power-up': 'Power back',
	'clock-set': 'Clock set',
	'parameters-changed': 'Settings changed',
	'keys-transferred': 'Communication keys changed',
	'rate-switched': 'Rate switched',
	'calendar-activated': 'New tariff calendar',
	'firmware-ready': 'New firmware checked',
	'firmware-refused': 'New firmware refused',
	'firmware-activated': 'New firmware running',
	'tamper-detected': 'Tamper noticed',
	'tamper-ended': 'Tamper over',
	'tamper-cleared': 'Tamper alarm cleared',
	'relay-opened': 'Supply off',
	'relay-closed': 'Supply on',
	'relay-armed': 'Supply may be switched on',
	'limit-changed': 'Limit changed',
	'voltage-sag': 'Voltage too low',
	'voltage-swell': 'Voltage too high',
	'voltage-normal': 'Voltage back to normal',
	'credit-low': 'Credit low',
	'emergency-invoked': 'Emergency credit taken',
	'emergency-exhausted': 'Emergency credit used up',
	'emergency-repaid': 'Emergency credit paid back',
	'charge-collected': 'Debt collected',
	'credit-cleared': 'Credit cleared',
	'key-changed': 'Key changed',
};

export const virtualMeter = {
	list: {
		title: 'Virtual meters',
		lead: 'Meters of the public test estate. They take real test tokens, and remember them on this device.',
		number: (drn: string, ea: string) => (ea === '' ? `No. ${drn}` : `No. ${drn} · EA${ea}`),
		credit: (kwh: string) => `Credit ${kwh} kWh`,
		used: (kwh: string) => `Used ${kwh} kWh`,
		chooseMake: 'Choose its make first',
		notYetHere: 'Not used on this device yet.',
		unreadable: 'What is stored of this meter cannot be read. Open it to mend that.',
		loading: 'Looking for meters',
		offlineTitle: 'No meter on this device yet',
		offline:
			'A virtual meter comes from the service once, and works without a network from then on. Connect to the network and try again.',
		offlineKnownTitle: 'No answer from the service',
		offlineKnown: 'The meters below are on this device and work as they are.',
		none: 'The service offers no virtual meter.',
		tryAgain: 'Try again',
	},
	page: {
		back: 'Virtual meters',
		loading: 'Fetching the meter',
		offlineTitle: 'This meter is not on this device',
		offline:
			'It comes from the service once, and works without a network from then on. Connect to the network and try again.',
		unusable:
			'The service describes this meter in a way this app does not know. Load the page again to get the newest app.',
		tryAgain: 'Try again',
		buy: 'Buy for this meter',
		technician: 'Connect as a technician',
		emergency: (kwh: string) => `Take ${kwh} of emergency credit`,
		emergencyTaken: (kwh: string) =>
			`Emergency credit: ${kwh} left. The next token pays it back first.`,
		moreLoading: 'Fetching the rest of the meter',
		moreFailed:
			'The rest of the meter’s page is not on this device yet. Connect to the network and load the page again.',
		paste: 'Paste a token',
		pasteRefused: {
			empty: 'There is nothing to paste. Copy the twenty digits of a token first.',
			notToken: 'What was copied is not a token. A token has twenty digits.',
			notAllowed:
				'The browser does not let this page read what was copied. Key the digits in, or press Ctrl V.',
		},
		storeFault:
			'This device could not store what the meter did, so it was not done. Free some space and try again.',
	},
	/** Several tokens that came by one link. */
	handOver: {
		label: 'Tokens for this meter',
		turn: (place: string, of: string) => `Token ${place} of ${of}`,
		enter: 'It is on the display. Press Enter on the keypad.',
		offer: (place: string, of: string) => `Next: token ${place} of ${of}`,
	},
	/** For the help line. */
	code: (code: string) => `Code ${code}`,
	corrupt: {
		title: 'This meter cannot be read',
		detail:
			'What this device stored of the meter is damaged: its credit and the tokens it has taken are lost. Take it back to the factory to use it again.',
		offlineTitle: 'No answer from the service',
		offline: 'Taking the meter back to the factory needs the network once. Connect and try again.',
	},
	housing: {
		label: (drn: string) => `Virtual meter ${drn}`,
		number: 'No.',
		ratings: (ea: string, phases: number) =>
			`EA${ea} · ${phases === 1 ? '230 V' : '3×230/400 V'} · 5(60) A · 50 Hz`,
		test: 'TEST',
		pulses: (perKwh: number) => `${perKwh} imp/kWh`,
		supplyOn: 'Supply on',
		supplyOff: 'Supply off',
	},
	keypad: { label: 'Keypad', enter: 'Enter', backspace: 'Delete the last digit' },
	display: METER_DISPLAY,
	/** The display, said aloud. */
	twin: {
		credit: (kwh: string) => `Credit ${kwh} kWh.`,
		emergencyCredit: (kwh: string) => `Emergency credit ${kwh} kWh.`,
		used: (kwh: string) => `Used ${kwh} kWh.`,
		phases: (phases: string) => `Power flows on ${phases}.`,
		rate: (rate: string) => `Rate ${rate}.`,
		emergency: 'Emergency credit is in use.',
		remoteOff: 'Switched off from afar.',
		supplyOff: 'Supply off.',
		lowCredit: 'Low credit.',
		tamper: 'Tamper alarm.',
		locked: 'Locked.',
		entry: (groups: string) => `Entered: ${groups}`,
		full: 'Twenty digits are in. Press Enter.',
		item: (label: string, value: string) => `${label}: ${value}`,
	},
	entry: {
		incomplete: {
			display: METER_ENTRY.incomplete,
			title: 'Not a full token',
			detail: (count: string) => `A token has twenty digits; ${count} are in. Key in the rest.`,
		},
		timedOut: {
			display: METER_ENTRY.timedOut,
			title: 'The meter has forgotten the digits',
			detail: (seconds: string) =>
				`It waits ${seconds} seconds for the next digit. Key the token in from the start.`,
		},
		offered: {
			display: METER_ENTRY.offered,
			title: 'Your token is on the display',
			detail: () => 'Press Enter on the keypad to give it to the meter.',
		},
		unknownCode: {
			display: METER_ENTRY.unknownCode,
			title: 'The meter has no such code',
			detail: (code: string) =>
				`Nothing is shown under ${code}. 001 shows the credit, 002 the meter number.`,
		},
	},
	results: tokenResults,
	done: tokenDone,
	items: METER_ITEMS,
	shown: { title: 'On the display' },
	...METER_VALUES,
	locked: (clock: string) => `The meter takes tokens again in ${clock}.`,
	load: {
		label: 'Load',
		phase: (phase: string) => `Load on L${phase}`,
		power: (kilowatts: string) => `${kilowatts} kW`,
		off: 'Supply is off: nothing flows.',
		examples: {
			none: 'Nothing is switched on.',
			small: 'A phone charger, a lamp or two.',
			middle: 'A fridge, a television, a few lamps.',
			large: 'An iron or a kettle.',
			huge: 'A stove and a water heater.',
		},
	},
	lapse: {
		label: 'Time',
		meaning: { 1: 'real time', 60: '1 s = 1 min', 3600: '1 s = 1 h' },
		clock: (time: string) => `The meter’s clock: ${time}`,
	},
	log: { events },
	factory: {
		ask: 'Take this meter back to the factory',
		title: 'Back to the factory?',
		meaning: 'Credit, the event log and everything the meter remembers are wiped on this device.',
		warning:
			'It also forgets the tokens it has taken, so that they can be entered again. No real meter does that.',
		keep: 'Keep the meter',
		confirm: 'Back to the factory',
	},
};
