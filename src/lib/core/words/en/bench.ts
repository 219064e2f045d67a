/** The gateway's test bench: what each case proves, what was expected and found, what a run changes. */
import type { CaseId } from '#lib/core/field/gateway-bench/cases.ts';
import type { SightKind } from '#lib/core/field/gateway-bench/sight.ts';
import type {
	CaseChange,
	CaseGroup,
	CaseVerdict,
	HandRequest,
	SkipReason,
	WaitReason,
} from '#lib/core/field/gateway-bench/terms.ts';
import type { PlantName } from '#lib/core/meter/plants.ts';

interface CaseWords {
	readonly title: string;
	/** What a meter shows that passes. */
	readonly proves: string;
}

const cases: Record<CaseId, CaseWords> = {
	'answers-come-whole': {
		title: 'Answers come whole',
		proves: 'What the meter sends arrives to its last octet. Nothing else is tried before it does.',
	},
	'answers-are-apdus': {
		title: 'Answers are answers',
		proves: 'What arrives can be read, and belongs to the question.',
	},
	'stranger-refused': {
		title: 'An unknown client is refused',
		proves: 'A client address that the meter was not given gets no association.',
	},
	'wrong-proof-refused': {
		title: 'A wrong proof is refused',
		proves: 'Who cannot prove that they know the secret is not let in.',
	},
	'wrong-key-refused': {
		title: 'A wrong key is refused',
		proves: 'What is ciphered under another key opens nothing.',
	},
	'unprotected-association-refused': {
		title: 'No association without ciphering',
		proves: 'The client that must cipher cannot leave it out.',
	},
	'replayed-association-refused': {
		title: 'An association cannot be played back',
		proves: 'Octets that asked for an earlier association ask in vain: their counter is used.',
	},
	'replayed-message-refused': {
		title: 'A message cannot be played back',
		proves: 'A message that was heard on the line and is sent again is not carried out.',
	},
	'spoilt-tag-refused': {
		title: 'A changed message is refused',
		proves: 'One bit turned on the way, and the meter does not act.',
	},
	'cut-message-refused': {
		title: 'A cut message is refused',
		proves: 'Half a message does nothing, and the next whole one is answered.',
	},
	'enter-in-clear-refused': {
		title: 'No token in the clear',
		proves: 'Within a ciphered association a token that is not ciphered is not taken.',
	},
	'public-enter-refused': {
		title: 'No token from the public client',
		proves: 'Everybody may look at the meter; entering a token needs an association with a secret.',
	},
	'own-system-title': {
		title: 'The meter’s own system title',
		proves: 'The title under which the meter ciphers is the one that was given to it.',
	},
	'clock-right': {
		title: 'The clock is right to the day',
		proves: 'Tokens and logs carry a date that somebody can go by.',
	},
	'test-token-taken': {
		title: 'A test token is taken',
		proves: 'Class 1, the same digits for every meter: the display is tested.',
	},
	'other-makers-test-refused': {
		title: 'Another maker’s test token is refused',
		proves: 'A class 1 token with another maker’s code is not for this meter.',
	},
	'status-becomes-final': {
		title: 'The status becomes final',
		proves: 'Within a minute the status to be read says what became of the token.',
	},
	'rubbish-refused': {
		title: 'What is no token is refused',
		proves: 'Numbers above 66 bits and octets that are no digits end as a format failure.',
	},
	'last-token-shown': {
		title: 'The gateway shows the last token',
		proves: 'Who reads back after a lost answer reads about the right token.',
	},
	'credit-counted': {
		title: 'Credit is counted once',
		proves: 'A token of 10 kWh adds 10 kWh.',
	},
	'other-service-refused': {
		title: 'Water credit is refused',
		proves: 'An electricity meter does not carry out a token for water.',
	},
	'currency-refused': {
		title: 'Currency credit is refused',
		proves: 'A meter that counts units does not carry out a token of money.',
	},
	'reserved-subclass-refused': {
		title: 'A reserved subclass is refused',
		proves: 'A credit of a kind that is kept for later is not guessed at.',
	},
	'power-limit-set': {
		title: 'A power limit is set',
		proves: 'The token is taken, and the limit in force is the one it carries.',
	},
	'impossible-limit-refused': {
		title: 'An impossible limit is refused',
		proves: '18 MW is out of every meter’s range.',
	},
	'tamper-cleared': {
		title: 'A tamper alarm is cleared',
		proves: 'After the token the relay may close again.',
	},
	'credit-cleared': {
		title: 'Credit is wiped',
		proves: 'After the token the credit is zero. What was there is given back.',
	},
	'used-token-refused': {
		title: 'A used token is refused',
		proves: 'The same digits count once.',
	},
	'earlier-token-taken': {
		title: 'An earlier token is taken',
		proves: 'Tokens may be entered out of order.',
	},
	'another-meters-token-refused': {
		title: 'Another meter’s token is refused',
		proves: 'A token under another key is not authentic here.',
	},
	'wrong-tokens-lock': {
		title: 'Wrong tokens lock the meter',
		proves: 'After three, a good one waits too; test tokens do not; then all is as before.',
	},
	'two-tokens-change-key': {
		title: 'Two tokens change the key',
		proves: 'The meter shows the new key and takes a token under it.',
	},
	'three-tokens-change-key': {
		title: 'Three tokens change the key',
		proves: 'As with two, and the supply group comes along.',
	},
	'four-tokens-change-key': {
		title: 'Four tokens change the key',
		proves: 'A key of 128 bits and its supply group arrive whole.',
	},
	'any-order-changes-key': {
		title: 'The set in any order',
		proves: 'The last section first changes the key all the same.',
	},
	'late-sections-dropped': {
		title: 'A late section is too late',
		proves: 'Sections of a set that was left for ten minutes make no key.',
	},
	'tokens-remembered-over-key-change': {
		title: 'A key change forgets no token',
		proves: 'What was used under the old key is used under the new one.',
	},
	'makers-key-refused': {
		title: 'No way back to the maker’s key',
		proves: 'A set that would bring an initialisation key is refused, and changes nothing.',
	},
	'default-key-takes-no-credit': {
		title: 'A default key takes no credit',
		proves: 'Credit is refused under it; management tokens are not.',
	},
	'expired-key-refused': {
		title: 'An expired key takes no token',
		proves: 'Past its expiry number no credit is taken, and a key change leads out of it.',
	},
	'rollover-forgets-tokens': {
		title: 'A rollover starts afresh',
		proves: 'With the rollover bit, identifiers that were used are good again.',
	},
	'old-token-refused': {
		title: 'An old token is refused',
		proves: 'Below fifty newer ones, a token that was never used is too old.',
	},
};

const groups: Record<CaseGroup, string> = {
	line: 'The line',
	security: 'Association and security',
	tokens: 'Every class of token',
	decoder: 'What the meter remembers',
	'key-change': 'Keys',
};

const verdicts: Record<CaseVerdict, string> = {
	passed: 'Passed',
	failed: 'Failed',
	unknown: 'Unknown',
	skipped: 'Not tried',
};

/** `value` is what stands beside it; empty where there is nothing. */
const sights: Record<SightKind, (value: string) => string> = {
	'execution-ok': () => 'token carried out',
	'format-failure': () => 'refused: not a token',
	'authentication-failure': () => 'refused: not authentic',
	'validation-failure': () => 'refused: not valid',
	'execution-failure': () => 'refused: not carried out',
	'never-final': () => 'no final status within a minute',
	'no-status': () => 'no status',
	'method-refused': (value) => `enter refused${inBrackets(value)}`,
	associated: () => 'associated',
	'not-associated': (value) => `no association${inBrackets(value)}`,
	answer: (value) => `an answer${inBrackets(value)}`,
	'answer-in-clear': (value) => `an answer in the clear${inBrackets(value)}`,
	exception: (value) => `an exception${inBrackets(value)}`,
	rubbish: (value) => `something unreadable${inBrackets(value)}`,
	'no-answer': (value) => `no answer${inBrackets(value)}`,
	value: (value) => value,
	unreadable: () => 'the meter does not tell',
	'relay-open': () => 'relay open',
	'relay-closed': () => 'relay closed',
	'last-token': () => 'the last token',
	'another-token': () => 'another token',
	'no-token': () => 'no token',
	'own-key': () => 'the meter’s own key',
	'bench-key': () => 'the bench’s key',
	'neither-key': () => 'a key of neither',
};

const inBrackets = (value: string): string => (value === '' ? '' : ` (${value})`);

const skipped: Record<SkipReason, string> = {
	'no-test-key': 'It needs a meter of the public test estate, and this is none.',
	'key-differs': 'The meter has another key than its papers say.',
	'no-token-taken': 'The meter takes no token made under the key of its papers.',
	'no-ciphering': 'The association is not ciphered.',
	'no-secret': 'The association has no secret.',
	'title-unknown': 'Nobody has told which system title the meter should have.',
	'takes-time': 'It takes minutes, and the run is a quick one.',
	'nobody-at-the-meter': 'It needs a hand at the meter.',
	'not-claimed': 'The maker does not claim it.',
	'not-in-this-meter': 'This meter does not have it, or does not show it.',
	debt: 'A debt or a loan takes its share of each token.',
	'key-too-young': 'No key of this base date can have expired yet.',
	'after-failure': 'What it rests upon has failed.',
	'line-lost': 'The line was lost before.',
	'called-off': 'The run was called off.',
};

const changes: Record<CaseChange, string> = {
	'adds-credit': 'A few kilowatt-hours are added in small tokens, and 10 kWh in one.',
	'wipes-credit': 'The credit is wiped and given back. For a moment the lights may go out.',
	'sets-limit': 'A power limit is set, then the one before. Where there was none, 90 kW stays.',
	'clears-tamper': 'A tamper alarm is cleared.',
	'changes-key': 'The key is changed to one of the bench and back, several times.',
	'forgets-tokens': 'The meter forgets the tokens it took. The run makes them old again.',
	'fills-store':
		'Identifiers of the next hours are used: a token sold for this meter meanwhile may be old to it.',
	locks: 'The meter takes no token for some seconds.',
};

const waits: Record<WaitReason, string> = {
	'final-status': 'Waiting for the meter’s verdict',
	lockout: 'Waiting until the meter takes tokens again',
	'key-change-timeout': 'Waiting until the meter has dropped the set',
};

const hands: Record<HandRequest, { readonly title: string; readonly detail: string }> = {
	'open-cover': {
		title: 'Open the meter’s cover for a moment',
		detail: 'The meter should cut off. Close the cover again, then go on.',
	},
};

/** What a planted fault is, on the list one chooses from. */
const plants: Record<PlantName, string> = {
	'takes-a-used-token': 'Takes a used token',
	'takes-an-old-token': 'Takes an old token',
	'takes-another-meters-token': 'Takes another meter’s token',
	'ignores-key-expiry': 'Ignores the key’s expiry',
	'never-locks-out': 'Never locks',
	'key-change-needs-order': 'Wants the key-change set in order',
	'key-change-never-times-out': 'Keeps sections of a key for good',
	'rollover-keeps-tokens': 'Forgets no token in a rollover',
	'credits-twice': 'Credits twice',
	'clear-credit-does-nothing': 'Wipes no credit',
	'power-limit-does-nothing': 'Sets no power limit',
	'tamper-stays': 'Clears no tamper alarm',
	'status-never-final': 'Status never final',
	'status-of-earlier-token': 'Shows the token before',
	'takes-plain-enter': 'Takes a token in the clear',
	'takes-a-replayed-counter': 'Takes a message played back',
	'takes-any-proof': 'Takes any proof',
	'another-system-title': 'Another meter’s system title',
	'consumer-may-not-enter': 'Takes nothing from a consumer',
	'huge-object-list': 'Two thousand objects',
	'clock-in-2099': 'Clock in 2099',
	'million-row-profile': 'Load profile of a million rows',
	'answers-rubbish': 'Answers rubbish',
	'half-an-answer': 'Half an answer',
};

export const bench = {
	title: 'Gateway test bench',
	lead: 'Runs cases of security and tokens against a meter, and says what each proves.',
	cases,
	groups,
	verdicts,
	sights,
	skipped,
	changes,
	waits,
	hands,
	plants,
	choose: {
		target: 'Which meter',
		connected: 'The connected meter',
		connectedAs: (drn: string) => `Meter ${drn}`,
		notConnected: 'No meter is connected.',
		publicOnly: 'It is connected openly only: tokens need an association with a secret.',
		connect: 'Connect a meter',
		made: 'A virtual meter made for the run',
		madeDetail:
			'It lives in this page, passes every case, and is gone afterwards. Time runs as the cases need it.',
		algorithm: 'Algorithm',
		ea: (code: number) => (code === 7 ? 'EA07, key of 64 bits' : 'EA11, key of 128 bits'),
		plant: 'Planted faults',
		plantDetail: 'Each makes exactly the case fail that is about it.',
		planted: (count: number) => (count === 1 ? '1 fault planted' : `${count} faults planted`),
		which: 'Which cases',
		whole: 'All',
		wholeDetail: 'With a ten-minute wait and more than a hundred tokens.',
		quick: 'Quick',
		quickDetail: 'Without what takes minutes.',
		chosen: 'Chosen ones',
		chosenDetail: 'Whether the meter answers at all is always looked at first.',
		claims: 'What the maker says of the meter',
		claimsLockout: 'It locks after wrong tokens',
		claimsExpiry: 'It looks at the key’s expiry',
		secretsGone:
			'The secrets of this meter are not to be had any more. Unlock, or fetch the jobs again, and connect anew.',
		go: 'Go on',
		count: (count: number) => (count === 1 ? '1 case' : `${count} cases`),
	},
	papers: {
		looking: 'Looking up the meter’s papers',
		test: 'Meter of the public test estate: tokens can be made for it.',
		none: 'Not of the public test estate. Cases that need a token of this meter are not tried.',
		noAnswer:
			'The office is out of reach, so that the papers cannot be looked up. Cases that need a token are not tried.',
		rule: 'A key of a real supply group is never typed in here. A maker registers a sample in the test estate.',
	},
	confirm: {
		title: 'What will change in the meter',
		nothing: 'Nothing: these cases only look and try the door.',
		back: 'What can be brought back is brought back after each case, also when you call the run off.',
		skipped: (count: number) =>
			count === 1 ? '1 case will not be tried' : `${count} cases will not be tried`,
		start: 'Start the run',
		other: 'Choose again',
	},
	run: {
		title: 'The run',
		preparing: 'Opening the meter',
		finding: 'Looking at what the meter has',
		closing: 'Bringing the meter back',
		number: (number: string, of: string) => `Case ${number} of ${of}`,
		until: (time: string) => `until ${time}`,
		callOff: 'Call off',
		callingOff: 'Called off: bringing the meter back',
		handDone: 'Done, go on',
		handLeft: 'Leave this case out',
	},
	result: {
		title: 'Result',
		allPassed: (count: number) => `All ${count} cases passed`,
		failed: (count: number) => (count === 1 ? '1 case failed' : `${count} cases failed`),
		incomplete: 'No case failed; not all were judged',
		counts: (passed: number, failed: number, unknown: number, skipped: number) =>
			`${passed} passed · ${failed} failed · ${unknown} unknown · ${skipped} not tried`,
		case: 'Case',
		verdict: 'Verdict',
		expected: 'Expected',
		found: 'Found',
		or: ' or ',
		cut: 'The line was lost',
		unjudged: 'Could not be judged: what it rests upon did not come about.',
		makers: 'Left to makers by the standard',
		frames: (count: string) => `Frames (${count})`,
		out: 'to the meter',
		in: 'from the meter',
		notShown: (count: string) => `${count} octets not shown`,
		save: 'Save as JSON',
		print: 'Print',
		again: 'Another run',
		notPassed: 'What did not pass',
		others: 'The others',
		written: 'Written into the journal.',
		notWritten: 'Not written into the journal of this device.',
		brokeOff: 'The run broke off. What the meter has now is not known.',
	},
	left: {
		title: 'Not as it was',
		key: 'The meter may still have the bench’s key. Run the bench again: it puts that right first.',
		limit: 'The power limit is not the one before.',
		credit: (amount: string) => `${amount} of credit were not given back.`,
		store: 'Tokens that were used before may be taken again.',
		limitStays: (watts: string) => `A power limit of ${watts} W stays; there was none.`,
	},
	report: {
		title: 'Test report of a token gateway',
		meter: 'Meter',
		name: 'Calls itself',
		firmware: 'Firmware',
		key: 'Key',
		keyAs: (ea: string, sgc: string, krn: string, ti: string) =>
			`EA${ea}, supply group ${sgc}, revision ${krn}, tariff index ${ti}`,
		who: 'Run by',
		when: 'When',
		port: 'By',
		frames: (count: string) => `${count} frames, SHA-256`,
		digest: 'Report, SHA-256',
	},
};
