/** In French: see `en/coach.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('fr');

export const coach: Words['coach'] = {
	start: 'Saisir pas à pas',
	title: 'Saisir pas à pas',
	back: 'Retour au jeton',
	group: (place, of) => `Groupe ${place} sur ${of}`,
	first: 'Tapez ces quatre chiffres sur le clavier du compteur. Puis touchez Suivant.',
	next: 'Suivant',
	last: 'Saisi, c’était le dernier',
	previous: 'Précédent',
	beginAgain: 'Recommencer',
	readAloud: 'Lire chaque groupe à voix haute',
	stopReading: 'Arrêter la lecture',
	waits: (seconds) => `La plupart des compteurs attendent le chiffre suivant ${seconds} s`,
	waitsFromStart: (seconds) =>
		`La plupart des compteurs oublient ce qui a été saisi après ${seconds} ${plural(seconds, { one: 'seconde', other: 'secondes' })} sans chiffre.`,
	forgotten: {
		title: 'Le compteur a peut-être oublié les chiffres',
		detail:
			'Regardez son écran. Si ce que vous avez saisi a disparu, recommencez au premier groupe. Si c’est encore là, continuez.',
		still: 'Ils sont encore là',
	},
	locked: {
		title: (clock) => `Attendez ${clock}`,
		detail:
			'Après plusieurs refus, la plupart des compteurs n’acceptent aucun jeton pendant un moment, chaque fois plus long\u00a0: 10 secondes au début, 21 minutes au plus. D’ici là, ne tapez rien.',
		over: 'L’attente est finie. Saisissez le jeton maintenant.',
		anyway: 'Le compteur l’accepte maintenant',
		waiting: (clock) => `Attendez ${clock}`,
	},
	keySet: {
		left: (clock) =>
			`Les parties de la nouvelle clé vont ensemble. La plupart des compteurs attendent la partie suivante ${clock}.`,
		lateTitle: 'Trop de temps entre deux parties',
		late: 'La plupart des compteurs ont maintenant oublié la première partie. Recommencez par elle\u00a0: rien n’est perdu.',
		again: 'Commencer par la première partie',
	},
	older: {
		title: 'Un jeton plus ancien d’abord\u00a0?',
		detail: (when) =>
			`Un jeton pour ce compteur a été acheté avant celui-ci, le ${when}. Personne n’a indiqué à ce téléphone qu’il est saisi. Les compteurs veulent d’abord le plus ancien.`,
		enter: 'Saisir le plus ancien',
		isIn: 'Il est déjà saisi',
	},
	enter: {
		title: 'Appuyez sur Entrée sur le compteur. Que dit-il\u00a0?',
		detail:
			'Entrée est la touche ↵ ou #. Beaucoup de compteurs prennent le jeton d’eux-mêmes après le dernier chiffre.',
		accepted: 'Accepté',
		acceptedHint:
			'Ou un nouveau crédit, un bip, «\u00a0good\u00a0», «\u00a01st\u00a0», «\u00a02nd\u00a0»',
		refused: 'Refusé',
		refusedHint: 'Ou «\u00a0reject\u00a0», «\u00a0used\u00a0», «\u00a0error\u00a0», ou autre chose',
		nothing: 'Rien du tout',
		nothingHint: 'L’écran est éteint ou n’a pas changé',
	},
	taken: (place) => `${place}\u00a0: accepté, selon vos indications.`,
	done: {
		title: 'Saisi, selon vos indications',
		detail:
			'La preuve est sur l’écran du compteur, pas sur ce téléphone\u00a0: regardez-y le nouveau crédit.',
		detailKeys:
			'Selon vos indications, le compteur a sa nouvelle clé. Les jetons achetés à partir de maintenant lui conviennent.',
		back: 'Voir le jeton',
		notIn: 'Finalement, il n’a pas été pris',
	},
	refused: 'Le compteur l’a refusé',
	missing: {
		title: 'Il n’y a pas de jeton ici',
		detail: 'Ce téléphone n’a pas de jeton pour cet achat.',
	},
};
