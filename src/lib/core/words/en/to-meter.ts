/** A token and the meter itself: sending it there, and what is known of it afterwards. */
export const toMeter = {
	/** The third action on a token. */
	send: 'Send to meter',
	/** Where the browser has no way to a meter. */
	needs: 'By cable too: with Chrome on a laptop or an Android phone.',
	underWay: 'Not known whether the meter has it',
	look: 'Look at the meter',
	/** By the meter's own word. */
	taken: 'The meter has it',
	/** In the list of purchases: all of it, by whoever's word. */
	entered: 'Entered',
	proven: { title: 'The meter has taken it', detail: 'It said so itself, over the cable.' },
};
