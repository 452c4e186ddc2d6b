package main

import (
	"time"

	"rejoin"
)

// story is one conversation of the demo's past.
type story struct {
	ago            time.Duration // when it began
	visitor, email string
	path           string // the shop's page it began on; on an order's page its customer is signed in
	opening        string
	meta           rejoin.Meta
	steps          []step // after Identity Bot knows name and address
	quiet          bool   // its e-mails are not in the mailbox
}

// stories are the demo's past, the oldest first. Each ends with everything read or mailed: nothing of it may send an e-mail later.
func stories() []story {
	const minute, hour, day = time.Minute, time.Hour, 24 * time.Hour
	return []story{
		{
			ago: 6*day + 3*hour, visitor: "Tomás Herrera", email: "tomas.herrera@example.org", path: "/products/lantern",
			opening: "My lantern arrived with a cracked glass. Can I get a new one?",
			meta:    browser("Firefox", "132.0", "Windows", "11", "desktop", "es-ES", "Europe/Madrid", "1920×1080", "Mooring lantern · Harbor & Pine"),
			steps: []step{
				agentTakes(6*minute, &maya),
				agentSays(minute, &maya, "Hello Tomás, I am sorry about that. A new glass leaves our workshop tomorrow morning, free of charge. You need not send the old one back."),
				visitorReads(20 * time.Second),
				visitorSays(50*time.Second, "That was quick, thank you! Do I need a tool to change it?"),
				agentSays(2*minute, &maya, "No tool: turn the top a quarter to the left, lift it off, and the glass comes with it."),
				visitorReads(15 * time.Second),
				visitorSays(30*time.Second, "Perfect. Thanks again!"),
				agentResolves(minute, &maya),
				visitorLeaves(20*time.Second, rejoin.PageClosed),
			},
		},
		{
			ago: 2*day + 5*hour, visitor: "Priya Nair", email: "priya.nair@example.com", path: "/products/tent",
			opening: "Does the Driftwood tent stand on sand? We want to take it to the coast.",
			meta:    browser("Safari", "18.1", "iOS", "18.1", "phone", "en-GB", "Europe/London", "393×852", "Driftwood tent · Harbor & Pine"),
			steps: []step{
				visitorLeaves(40*time.Second, rejoin.PageClosed),
				agentTakes(12*minute, &jonas),
				agentSays(minute, &jonas, "Hi Priya! Yes, it does, with our sand anchors: eight of them hold it up to wind force 6."),
				agentSays(9*time.Second, &jonas, "I would also take the long guy lines. Shall I put both aside for you?"),
				mailGoesOut(),
				visitorReturns(3*hour + 12*minute),
				visitorReads(4 * time.Second),
				visitorSays(minute, "Yes please! Your e-mail brought me right back here. We travel on Friday, is that enough time?"),
				visitorLeaves(2*minute, rejoin.TabHidden),
				visitorLeaves(minute, rejoin.PageClosed),
			},
		},
		{
			ago: 26 * hour, visitor: "Anders Sørensen", email: "anders.soerensen@example.net", path: "/products/pack",
			opening: "Is the Ridgeline pack allowed as cabin luggage?",
			meta:    browser("Chrome", "131.0", "macOS", "15.1", "desktop", "da-DK", "Europe/Copenhagen", "1512×982", "Ridgeline pack · Harbor & Pine"),
			steps: []step{
				agentTakes(4*minute, &maya),
				agentSays(minute, &maya, "Hi Anders, the 32 litre one is: 52 × 32 × 19 cm. The 45 litre one has to go into the hold."),
				visitorReads(12 * time.Second),
				visitorLeaves(3*minute, rejoin.PageClosed),
			},
		},
		{
			ago: 5 * hour, visitor: "Sofia Marchetti", email: "sofia.marchetti@example.com", path: "/contact",
			opening: "I ordered two enamel mugs last week and only one is in the box.",
			meta:    browser("Edge", "131.0", "Windows", "11", "desktop", "it-IT", "Europe/Rome", "1536×864", "Contact · Harbor & Pine"),
			steps: []step{
				visitorLeaves(30*time.Second, rejoin.PageClosed),
				agentTakes(9*minute, &jonas),
				agentSays(2*minute, &jonas, "Hello Sofia, I see it: the second mug was packed separately and is on its way. It should reach you tomorrow."),
				mailGoesOut(),
			},
		},
		ofCustomer(100 * minute),
		{
			ago: 25 * minute, visitor: "Lena Hartmann", email: "lena.hartmann@example.com", path: "/products/tent",
			opening: "Hi! Do you repair tent poles? One of mine broke in the last storm.",
			meta:    browser("Firefox", "132.0", "Linux", "", "desktop", "de-DE", "Europe/Berlin", "2560×1440", "Driftwood tent · Harbor & Pine"),
			steps: []step{
				visitorSays(40*time.Second, "It is the Driftwood from two years ago, the long pole over the door."),
				visitorLeaves(4*minute, rejoin.PanelClosed),
				visitorLeaves(6*minute, rejoin.PageClosed),
			},
		},
	}
}

// ofCustomer is a story of somebody who is signed in at the shop: Identity Bot knows them already.
func ofCustomer(ago time.Duration) story {
	return story{
		ago: ago, visitor: "Nora Castellan", path: "/orders/HP-2041",
		opening: "Can you still change where this order goes? It is a present for my sister, and she has moved.",
		meta:    browser("Safari", "18.1", "macOS", "15.1", "desktop", "en-US", "Europe/Lisbon", "1728×1117", "Order HP-2041 · Harbor & Pine"),
		steps: []step{
			agentTakes(5*time.Minute, &maya),
			agentSays(time.Minute, &maya, "Hello Nora, yes: the mail boat leaves at three. What is her new address?"),
			visitorReads(25 * time.Second),
			visitorSays(70*time.Second, "Rua do Sol 12, 4000-527 Porto. And please leave the price out of the parcel."),
			visitorLeaves(30*time.Second, rejoin.PageClosed),
			agentSays(8*time.Minute, &maya, "Done, both of it. The tent goes to Porto, without the price and with a bow."),
			mailGoesOut(),
		},
	}
}

func browser(name, version, os, osVersion, device, language, zone, screen, title string) rejoin.Meta {
	return rejoin.Meta{Browser: rejoin.NameVersion{Name: name, Version: version}, OS: rejoin.NameVersion{Name: os, Version: osVersion},
		Device: device, Language: language, TimeZone: zone, Screen: screen, Page: rejoin.MetaPage{Title: title}}
}
