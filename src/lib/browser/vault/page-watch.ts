/** What a page tells of itself: whether somebody works on it, whether it is in sight, whether it is left. */

export interface PageWatch {
	/** A key, a tap, a movement. Each gives a function that calls it off. */
	onTouch(callBack: () => void): () => void;
	onHidden(callBack: () => void): () => void;
	onShown(callBack: () => void): () => void;
	/** It is being closed, or put aside where no timer runs. */
	onLeft(callBack: () => void): () => void;
}

const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** The page that this runs in. */
export const pageWatch: PageWatch = {
	onTouch: (callBack) => all(TOUCHES.map((name) => listen(window, name, callBack))),
	onHidden: (callBack) => onVisibility('hidden', callBack),
	onShown: (callBack) => onVisibility('visible', callBack),
	onLeft: (callBack) =>
		all([listen(window, 'pagehide', callBack), listen(document, 'freeze', callBack)]),
};

function onVisibility(state: DocumentVisibilityState, callBack: () => void): () => void {
	return listen(document, 'visibilitychange', () => {
		if (document.visibilityState === state) callBack();
	});
}

function listen(target: EventTarget, name: string, callBack: () => void): () => void {
	target.addEventListener(name, callBack, { passive: true });
	return () => target.removeEventListener(name, callBack);
}

const all = (offs: (() => void)[]) => () => offs.forEach((off) => off());
