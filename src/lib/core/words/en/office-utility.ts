/** The office's settings for its whole utility. */
export const officeUtility = {
	title: 'Free electricity by the app',
	lead: 'Who may fetch a meter’s free electricity without somebody of the staff.',
	choices: {
		off: {
			name: 'Nobody',
			detail: 'It is fetched at an office or with an agent. The app offers none.',
		},
		owner: {
			name: 'Whoever has the account’s phone',
			detail: 'A code goes to the phone on the account. Nobody else learns whether there is any.',
		},
		anyone: {
			name: 'Whoever has the meter’s number',
			detail: 'They also learn whether the meter is entitled. The token still goes to the account.',
		},
	},
	save: 'Set this',
	saved: 'It holds from now on.',
	readOnly: 'You can read this. An office manager sets it.',
};
