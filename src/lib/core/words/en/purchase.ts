/** Where the money is: every state of a sale in words. */

/** One or two words per state of the outbox, for lists. */
const states = {
	queued: 'Waiting',
	'confirm-again': 'Your word needed',
	'awaiting-payment': 'To be paid',
	issuing: 'Token on its way',
	issued: 'Token here',
	refused: 'No token',
	withdrawn: 'Taken back',
	replaced: 'Continued',
	'dead-letter': 'Needs mending',
};

export const purchase = {
	title: 'Purchase',
	back: 'Purchases',
	states,
	/** What happened, what it means, what to do: one pair for each thing a person may meet. */
	stories: {
		handingIn: {
			title: 'Handing in your request',
			detail: 'It is stored on this device and on its way to the service.',
		},
		queuedOffline: {
			title: 'No token yet',
			detail:
				'Your request is stored on this device. It is sent by itself when the network is back. You pay then, not now.',
		},
		unanswered: {
			title: 'No answer yet',
			detail:
				'The request was sent, and whether it arrived is not known. It is asked again by itself, with the same number, so it cannot become two purchases.',
		},
		priceChanged: {
			title: 'The price has changed',
			detail:
				'The money buys less now than when you asked. Nothing was paid. Look at the new price and decide.',
		},
		confirmationNeeded: {
			title: 'Look before you pay',
			detail:
				'You asked for this without a network. Here is whose meter it is and what the money buys. Nothing was paid yet.',
		},
		preparingPayment: {
			title: 'Preparing the payment',
			detail: 'The service has your request and asks the payment provider. Nothing was paid yet.',
		},
		approve: {
			title: 'Approve the payment',
			detail:
				'The payment provider waits for your word. The token is made when the money is there.',
		},
		approveLater: {
			title: 'No network to pay over',
			detail:
				'The payment page needs the network. Approve the payment when it is back. If you have approved it already, do not buy again: the token comes by itself.',
		},
		paymentSilent: {
			title: 'The payment provider does not answer',
			detail:
				'Whether it has the request is not known. It is asked again by itself, with the same number, so you cannot pay twice. Do not buy again.',
		},
		checkingPayment: {
			title: 'Waiting for the payment',
			detail:
				'The payment provider has not given its final word yet. The token is made as soon as it does. You need not stay here.',
		},
		issuing: {
			title: 'Paid. The token is being made',
			detail: 'The money is there. Nothing can be lost now; this takes a moment.',
		},
		issuingSlow: {
			title: 'Paid. The token takes longer',
			detail:
				'The money is there and kept for this purchase, but the machine that makes tokens does not answer. It is asked again by itself. You need not stay here. Do not buy again.',
		},
		issued: {
			title: 'Your token',
			detail: 'Type these twenty digits into the meter.',
		},
		refused: {
			title: 'No token was made',
			detail: 'Below is why, and what you can do.',
		},
		withdrawn: {
			title: 'You took it back',
			detail: 'Nothing was paid and no token was made.',
		},
		replaced: {
			title: 'Continued under a new number',
			detail:
				'You looked at it and agreed. Nothing was paid under this number; the purchase goes on under the new one.',
		},
		deadLetter: {
			title: 'This purchase is stuck',
			detail:
				'The service cannot take it as it is. Sending it again would not help, so it is kept here. Tell the help line the code below.',
		},
	},
	/** Where the sale is on its way, from the tap to the token. */
	stages: {
		stored: 'Stored on this device',
		confirm: 'Your word',
		payment: 'Payment',
		making: 'The token is made',
		token: 'Token',
	},
	/** `stage` is one of the above. */
	stage: (place: string, of: string, stage: string) => `Step ${place} of ${of}: ${stage}`,
	/** Both energies with their unit. */
	lessNow: (before: string, now: string) => `You were told ${before}. It is ${now} now.`,
	noMoneyTaken: 'No money was taken.',
	approve: 'Approve the payment',
	/** After the person has been there: it may be decided already. */
	approveAgain: 'Back to the payment page',
	agree: (amount: string) => `Agree and pay ${amount}`,
	decline: 'Do not buy',
	tryNow: 'Try now',
	takeBack: 'Take it back',
	buyAgain: 'Buy again',
	toNew: 'To the new purchase',
	openVirtualMeter: 'To the virtual meter',
	notTakenBack: 'It can no longer be taken back: it may already be with the service.',
	facts: {
		title: 'This purchase',
		asked: 'Asked for',
		attempts: 'Tries without an answer',
		amount: 'Amount',
		meter: 'Meter',
		owner: 'Owner',
		phone: 'Token also to',
		code: 'Code',
		number: 'Purchase number',
	},
	missing: {
		title: 'This device does not have that purchase',
		detail:
			'Purchases are kept on the device where they were made. If it was made here, the browser may have cleared its storage.',
	},
	list: {
		title: 'Purchases',
		empty: {
			title: 'No purchases yet',
			detail:
				'Every purchase made on this device stays here, with its token and its receipt, also without a network.',
			start: 'Top up',
		},
		open: 'Under way',
		past: 'Finished',
		/** Only of more than one. */
		tokens: (count: string) => `${count} tokens here`,
	},
};
