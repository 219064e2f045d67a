/** In French: see `en/to-meter.ts`. */
import type { Words } from '../catalogue.ts';

export const toMeter: Words['toMeter'] = {
	send: 'Envoyer au compteur',
	needs: 'Par câble aussi\u00a0: avec Chrome sur un ordinateur ou un téléphone Android.',
	underWay: 'On ne sait pas si le compteur l’a',
	look: 'Voir le compteur',
	taken: 'Le compteur l’a',
	entered: 'Saisi',
	proven: { title: 'Le compteur l’a accepté', detail: 'Il l’a dit lui-même, par le câble.' },
};
