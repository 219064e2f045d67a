/** What each difference of a daily close means, and what to do about it. One row per difference. */
import type { CloseDifference, ModuleExplanation } from '#lib/core/vending/close-differences.ts';

const differences: Record<CloseDifference, string> = {
	'token-without-booking':
		'A token with energy was made and nothing was booked for it. Nobody may have paid: look at the vend and its audit.',
	'booking-without-token':
		'A vend was booked and has no token. Whoever paid has nothing: look at the vend and make or give back.',
	'energy-differs': 'The token carries other energy than was booked.',
	'money-differs': 'What was booked for the vend is not what was tendered.',
	'reversal-without-booking': 'A vend was taken back and its booking was not.',
	'token-without-request':
		'The security module does not know of having made this token. Its records may be behind after a power cut; else the token came from elsewhere.',
	'request-without-vend':
		'The security module made a token for which there is no vend. It may be lost with a restore; else somebody used the module past this service.',
	'request-without-token':
		'The security module made a token for a vend that is final and does not have it.',
	'request-count-differs':
		'The security module counts other requests than there are tokens and vends that may explain them.',
	'transaction-not-zero': 'A transaction of the books does not add up to zero, or has no seal.',
	'trial-balance-not-zero': 'The accounts together do not add up to zero.',
	'float-differs': 'A vendor’s float is not what the books say.',
	'arrears-differ': 'What a meter’s customer owes is not what the books say.',
	'left-over-differs': 'What is left over for a meter is not what the books say.',
	'held-differs': 'The money held is not that of the vends that wait for their token.',
	'receipt-gap': 'Numbers of receipts are missing.',
	'receipt-counter-differs': 'The next receipt would not follow the last one.',
};

const explanations: Record<ModuleExplanation, string> = {
	unfinished: 'vends that are being made',
	refused: 'vends that were refused after a part of them was made',
};

export const close = { differences, explanations };
