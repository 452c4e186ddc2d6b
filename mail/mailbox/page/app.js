// Keeps the list fresh: asks for news, and when there is some, takes the list out of a newly loaded page.
"use strict"

let version = Number(document.documentElement.dataset.version)

async function refresh() {
	const answer = await fetch(location.href, { cache: "no-store" })
	const page = new DOMParser().parseFromString(await answer.text(), "text/html")
	const list = document.getElementById("list")
	const top = list.scrollTop
	const fresh = document.adoptNode(page.getElementById("list"))
	const hadFocus = document.activeElement?.getAttribute("href")
	list.replaceWith(fresh)
	fresh.scrollTop = top
	if (hadFocus) fresh.querySelector(`a[href="${CSS.escape(hadFocus)}"]`)?.focus()
	document.title = page.title
}

async function watch() {
	for (;;) {
		try {
			const answer = await fetch(`/changes?after=${version}`, { cache: "no-store" })
			const now = (await answer.json()).version
			if (now !== version) {
				version = now
				await refresh()
			}
			document.documentElement.classList.remove("lost")
		} catch {
			document.documentElement.classList.add("lost")
			await new Promise((done) => setTimeout(done, 2000))
		}
	}
}

watch()
