/** In French: see `en/keeping.ts`. */
import type { Words } from '../catalogue.ts';

export const keeping: Words['keeping'] = {
	troubles: {
		'no-space': {
			why: 'Cet appareil est plein.',
			todo: 'Effacez des photos, des vidéos ou des applications, puis réessayez. Ce qui est déjà gardé ici reste.',
		},
		'not-allowed': {
			why: 'Le navigateur ne garde rien pour cette application.',
			todo: 'Quittez la fenêtre privée, ou permettez à ce site de garder des données.',
		},
		'newer-version': {
			why: 'Une version plus récente de l’application est ouverte dans un autre onglet.',
			todo: 'Rechargez cette page.',
		},
		failed: {
			why: 'La mémoire du navigateur ne répond pas.',
			todo: 'Rechargez cette page.',
		},
	},
	noDate: 'date inconnue',
};
