/** Before the app starts in a browser: its language, so that no screen is drawn without its words. */
import type { ClientInit } from '@sveltejs/kit';
import { speakOn } from '#lib/ui/state/page-language.ts';

export const init: ClientInit = () => speakOn(location.pathname);
