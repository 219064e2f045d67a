/** In French: see `en/later/reject-doctor.ts`. */
import type { Words } from '../../catalogue.ts';
import { pluralIn } from '../../plural.ts';

const plural = pluralIn('fr');

const slips: Words['rejectDoctor']['slips'] = {
	digit: (group) => `Un chiffre du groupe ${group} est différent.`,
	swapped: (group) => `Deux chiffres ont changé de place, le premier dans le groupe ${group}.`,
	missing: (group, count) =>
		plural(count, {
			one: `Il manque un chiffre dans le groupe ${group}.`,
			other: `À partir du groupe ${group}, il manque ${count} chiffres.`,
		}),
	extra: (group, count) =>
		plural(count, {
			one: `Il y a un chiffre de trop au groupe ${group}.`,
			other: `Il y a ${count} chiffres de trop au groupe ${group}.`,
		}),
	several: (group) => `Plusieurs chiffres sont différents. Le premier est dans le groupe ${group}.`,
};

const sayings: Words['rejectDoctor']['sayings'] = {
	accepted: 'Finalement, il a été accepté',
	'key-part': 'Partie de clé prise\u00a0: 1st, 2nd',
	refused: 'Seulement qu’il est refusé',
	'wrong-token': 'Jeton faux ou non valable',
	used: 'Déjà utilisé',
	old: 'Trop ancien',
	locked: 'Bloqué, ou attendre',
	'too-full': 'Trop de crédit',
	expired: 'Expiré',
	'no-token': 'Pas un jeton',
	'timed-out': 'Temps écoulé',
	'factory-key': 'Clé d’usine',
	'not-possible': 'Impossible ici',
	'other-make': 'Pour une autre marque',
	'something-else': 'Autre chose',
	nothing: 'Rien\u00a0: il est éteint, ou comme avant',
};

const causes: Words['rejectDoctor']['causes'] = {
	slip: {
		title: 'Un chiffre est faux',
		detail: () => 'Ce que vous avez saisi n’est pas le jeton. Le jeton lui-même est encore bon.',
	},
	'another-token': {
		title: 'C’était un autre jeton',
		detail: () => 'Ce qui a été saisi est un autre jeton que celui-ci. Celui-ci est encore bon.',
	},
	'other-meter': {
		title: 'C’est un autre compteur',
		detail: ({ meter, typedMeter }) =>
			`Vous êtes devant le compteur ${typedMeter}. Le jeton est pour le compteur ${meter} et ne marche que dans celui-là. Il est encore bon.`,
	},
	'key-set-first': {
		title: 'La nouvelle clé d’abord',
		detail: () =>
			'Le compteur a besoin de ses jetons de changement de clé avant celui-ci. Saisissez-les, puis à nouveau ce jeton. Il est encore bon.',
	},
	'key-set-half': {
		title: 'Il manque une partie de la nouvelle clé',
		detail: () =>
			'Selon vos indications, les jetons de changement de clé ne sont pas tous saisis. Saisissez-les tous, depuis le premier, puis à nouveau ce jeton.',
	},
	'key-set-slow': {
		title: 'Trop de temps entre les parties de la clé',
		detail: () =>
			'La plupart des compteurs oublient la première partie quand la suivante met plus de dix minutes. Saisissez à nouveau toutes les parties sans longue pause, puis ce jeton.',
	},
	'key-set-done': {
		title: 'La nouvelle clé semble en place',
		detail: () =>
			'Selon vos indications, toutes les parties ont déjà été saisies. Le compteur a alors sa nouvelle clé, et ses parties ne servent plus. Passez au jeton suivant.',
	},
	'old-key': {
		title: 'Le compteur a une clé plus récente',
		detail: ({ ago }) =>
			`Ce jeton a été créé ${ago}, avant la nouvelle clé qui a été saisie, selon vos indications. Un compteur qui a une nouvelle clé ne le lit pas. L’assistance peut le remplacer.`,
	},
	used: {
		title: 'Il semble déjà saisi',
		detail: () =>
			'Un compteur ne prend un jeton qu’une fois. Il a très probablement déjà pris celui-ci, et le crédit y est. Si vous avez recopié un message plus ancien, c’est peut-être ce jeton-là qui a servi. Si le crédit n’a pas augmenté, appelez l’assistance.',
	},
	'newer-first': {
		title: 'Un jeton plus récent a été saisi d’abord',
		detail: ({ ago }) =>
			`Ce jeton a été créé ${ago}, et selon vos indications un plus récent a été saisi avant lui. Un compteur oublie les plus anciens et n’en prend alors plus de cet âge. L’assistance peut regarder.`,
	},
	'too-old': {
		title: 'Trop ancien pour ce compteur',
		detail: ({ ago }) =>
			`Ce jeton a été créé ${ago}. Le compteur dit qu’il est plus ancien que ce dont il se souvient. S’il n’a jamais servi, l’assistance peut regarder.`,
	},
	'key-expired': {
		title: 'Le compteur dit qu’il a expiré',
		detail: () =>
			'La clé de ce jeton est peut-être arrivée à sa fin, ou cette marque de compteur appelle ainsi un jeton ancien. Le saisir à nouveau ne sert à rien. L’assistance peut vous le dire.',
	},
	'factory-key': {
		title: 'Le compteur n’a jamais été configuré',
		detail: () =>
			'Il a encore sa clé d’usine et n’accepte pas de crédit avec elle. Il lui faut des jetons de changement de clé, que la compagnie crée.',
	},
	'too-full': {
		title: 'Le compteur est plein',
		detail: () =>
			'Il ne peut pas contenir autant de crédit en plus. Le jeton n’a pas été utilisé et reste bon\u00a0: saisissez-le quand une partie du crédit sera consommée.',
	},
	locked: {
		title: 'Le compteur n’accepte rien pour un moment',
		detail: () =>
			'Après plusieurs refus il attend, chaque fois plus longtemps. Il n’a pas examiné ce jeton. La durée est celle de la plupart des compteurs\u00a0; le vôtre l’affiche peut-être.',
	},
	'other-make': {
		title: 'Pour une autre marque de compteur',
		detail: () => 'Le compteur dit que ce jeton est pour les compteurs d’un autre fabricant.',
	},
	'not-possible': {
		title: 'Le compteur ne sait pas faire cela',
		detail: () =>
			'Il a lu le jeton et ne peut pas faire ce qu’il demande. Le jeton n’a pas été utilisé. Le saisir à nouveau ne sert à rien.',
	},
	forgot: {
		title: 'Le compteur a attendu trop longtemps',
		detail: () =>
			'Il oublie ce qui a été saisi quand le chiffre suivant tarde trop. Saisissez le jeton depuis le premier groupe, sans pause. Il est encore bon.',
	},
	dark: {
		title: 'Le compteur n’a pas répondu',
		detail: () =>
			'Appuyez sur une touche\u00a0: l’écran devrait s’allumer. Si le clavier est un boîtier à part, vérifiez qu’il a du courant ou des piles et qu’il est près du compteur. Puis saisissez le jeton à nouveau.',
	},
	'dark-again': {
		title: 'Le compteur reste éteint',
		detail: () =>
			'Le clavier ou le compteur est peut-être sans courant ou en panne. Votre jeton est encore bon.',
	},
	unclear: {
		title: 'Pas pour ce compteur, ou mal saisi',
		detail: () =>
			'Pour un compteur, un chiffre faux, un mauvais compteur et une mauvaise clé se ressemblent, et rien de ce que vous avez indiqué ne désigne l’un d’eux. Saisissez le jeton encore une fois, lentement.',
	},
	'unclear-again': {
		title: 'Encore refusé, sans erreur visible',
		detail: () =>
			'Le compteur a peut-être une autre clé que celle pour laquelle ce jeton a été créé\u00a0; ce téléphone ne peut pas le voir. D’autres essais ne feraient que bloquer le compteur.',
	},
};

const steps: Words['rejectDoctor']['steps'] = {
	'type-again': 'Le saisir à nouveau pas à pas',
	'key-set': 'Saisir les jetons de changement de clé',
	'go-on': 'Passer au jeton suivant',
	wait: 'Le saisir à nouveau pas à pas',
	'right-meter': 'Je suis devant le bon compteur',
	'check-credit': 'Le crédit y est',
	'enter-later': 'Le garder pour plus tard',
	'help-line': 'Appeler l’assistance',
};

export const rejectDoctor: Words['rejectDoctor'] = {
	title: 'Le compteur l’a refusé',
	back: 'Retour au jeton',
	stepBack: 'Question précédente',
	which: { title: 'Quel jeton avez-vous saisi\u00a0?' },
	saying: {
		title: 'Que dit l’écran\u00a0?',
		detail:
			'Choisissez ce qui s’en approche le plus. Chaque marque de compteur l’écrit à sa façon.',
		mayRead: (spellings) => `Peut s’écrire ${spellings}`,
		more: 'Autres messages',
	},
	typed: {
		title: 'Qu’avez-vous saisi\u00a0?',
		detail:
			'Tapez-le ici comme vous l’avez tapé sur le compteur, ou recopiez ce que son écran montre encore. C’est comparé sur ce téléphone et n’est gardé nulle part.',
		field: 'Les chiffres que vous avez saisis',
		hint: 'Tous, même s’il y en avait trop ou pas assez',
		soFar: (digits) => `${digits} ${plural(digits, { one: 'chiffre', other: 'chiffres' })} sur 20`,
		empty: 'Tapez d’abord les chiffres, ou indiquez ci-dessous que vous ne les savez plus.',
		notDigits: 'Un jeton n’a que des chiffres.',
		compare: 'Comparer',
		unknown: 'Je ne sais plus',
	},
	meter: {
		title: 'Devant quel compteur êtes-vous\u00a0?',
		detail:
			'Le numéro est sur le compteur, souvent au-dessus d’un code-barres. Sur beaucoup de compteurs, un code court l’affiche.',
		wrong: (problem) => `${problem} Regardez à nouveau le compteur.`,
		go: 'Continuer',
		unknown: 'Je ne peux pas le lire',
	},
	keySet: {
		title: 'Le compteur a-t-il pris les jetons de changement de clé\u00a0?',
		detail: (count) =>
			`${count} ${plural(count, { one: 'jeton qui donne', other: 'jetons qui donnent' })} au compteur sa nouvelle clé ${plural(count, { one: 'passe', other: 'passent' })} avant celui-ci. Chacun doit être accepté.`,
		yes: 'Oui, tous',
		no: 'Non, ou pas tous',
	},
	none: {
		title: 'Le compteur l’a pris',
		detail: 'Alors tout va bien. Regardez le nouveau crédit sur l’écran.',
		go: 'Continuer',
	},
	sayings,
	slips,
	compared: {
		token: 'Le jeton',
		typed: 'Vous avez saisi',
		row: (label, digits) => `${label}\u00a0: ${digits}`,
	},
	causes,
	steps,
	waitFor: (clock) => `Attendez ${clock}`,
	call: (phone) => `Appeler l’assistance au ${phone}`,
	tell: (code) => `À dire à l’assistance\u00a0: ${code}`,
};
