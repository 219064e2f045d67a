/** The fields in which a PIN is chosen, entered and changed. */
export const pin = {
	label: 'PIN',
	again: 'PIN once more',
	differ: 'The two are not the same.',
	show: 'Show',
	hide: 'Hide',
	choose: 'Use this PIN',
	making: 'Preparing the vault',
	/** `name` is whose vault it is. */
	whose: (name: string) => `For ${name}`,
	startAnew: 'Start anew',
	old: 'The PIN until now',
	next: 'New PIN',
	change: 'Change the PIN',
	/** Leads to signing in. */
	notMe: (name: string) => `Not ${name}? Sign in as somebody else.`,
};
