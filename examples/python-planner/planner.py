#!/usr/bin/env python3
"""A service manager for fleetquake in Python, standard library only.

It decides as the built-in model `fail-static` does: one list for everything, prunes what is no longer in it, but keeps
the last good entry of whatever cannot be read. One JSON object a line on stdin, one answer each on stdout; whatever
has to be remembered is in the message (docs/manager-protocol.md). Nothing else is printed on stdout.
"""

import json
import re
import sys

HELLO = {
    "name": "python-fail-static",
    "about": "prunes, keeps the last good entry on errors, does nothing about an unreadable source",
    "answers": ["step"],
    # Where it differs from the plainest manager. Guards and the executor go by it.
    "policy": {
        "trigger": "levelResync",
        "absence": "prune",
        "error": "lastKnownGoodEntry",
        "ownership": "inventory",
        "failMode": "static",
    },
}

NOTHING_KNOWN = {
    "version": 0,  # of the configuration that was acted on last
    "good": {},  # last good entry of every service
    "before": {},  # the same before the last change
    "manages": None,  # last good list of what it manages; None: never read
    "inventory": {},  # what it deployed or took over, with the revision
    "quarantine": {},  # not used by this policy
    "planned": "",  # fingerprint of the removals of the last step
}


def natural(name):
    """DUO2 before DUO10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D", name)]


def reason(code, about, text):
    return {"code": code, "about": about, "text": text}


def step(policy, memory, turn):
    known = memory["durable"] or NOTHING_KNOWN
    wake = turn["nowMs"] + policy["resyncMs"]
    if turn["seen"]["fault"] == "error":
        why = reason("list", turn["self"]["manager"], "the inventory of the world could not be listed")
        return {"propose": [], "wakeAtMs": wake, "waitingOn": [why]}

    desired = desired_state(known, turn)
    after = after_reading(known, desired, turn)
    deploys = deployments(known, desired, turn)
    mine = list(after["inventory"]) + [o for o in turn["seen"]["objects"] if o not in after["inventory"]]
    mine = [name for name in mine if name != turn["self"]["service"]]
    planned = removals(desired, turn, mine)
    removing = [act for removal in planned for act in removal_actions(turn, removal)]
    propose = releases(desired, turn) + removing + deploys

    quarantine = {name: since for name, since in known["quarantine"].items() if any(r[0] == name for r in planned)}
    durable = {
        **after,
        "inventory": inventory_after(after, desired, turn, propose),
        "quarantine": quarantine,
        "planned": ";".join(f"{a['do']} {a['target']['service']} {a['cause']}" for a in removing),
    }
    return {
        "memory": {"durable": durable, "volatile": memory["volatile"]},
        "propose": propose,
        "wakeAtMs": wake,
        "waitingOn": desired["waiting"],
        # Only what could change its mind wakes it.
        "watch": {
            "vanished": list(desired["wanted"]),
            "appeared": [name for name in mine if name not in desired["wanted"]],
        },
        "settled": not propose and not quarantine,
    }


def desired_state(known, turn):
    """What is wanted, what a ticket removed, what to leave alone, what to tell people."""
    reading, me = turn["reading"], turn["self"]
    wanted, ticketed, hands_off, waiting = {}, {}, set(), []
    result = {"wanted": wanted, "ticketed": ticketed, "hands_off": hands_off, "waiting": waiting}
    if reading["whole"] == "unreadable":
        wanted.update(known["good"])
        waiting.append(reason("error", "configuration", "the configuration could not be read"))
        return result

    if reading["own"]["is"] == "present":
        manages = reading["own"]["spec"]["manages"]
    else:
        waiting.append(reason("error", me["service"] or me["manager"], reading["own"]["error"]["message"]))
        manages = known["manages"]
        if manages is None:
            manages = sorted((n for n in reading["entries"] if n != me["service"]), key=natural)

    for name, entry in reading["entries"].items():
        if entry["is"] == "removed":
            ticketed[name] = entry["ticket"]
        elif entry["is"] == "present":
            if name in manages:
                wanted[name] = entry["spec"]
        else:
            if not (name == me["service"] and reading["own"]["is"] == "unknown"):
                waiting.append(reason("error", name, entry["error"]["message"]))
            if name in known["good"]:
                wanted[name] = known["good"][name]
            else:
                hands_off.add(name)

    if reading["whole"] == "partial":
        for name, entry in known["good"].items():
            if name not in reading["entries"]:
                wanted[name] = entry
        waiting.append(reason("error", "configuration", "only a part of the configuration could be read"))
    return result


def after_reading(known, desired, turn):
    reading = turn["reading"]
    if reading["version"] == known["version"] and known["manages"] is not None:
        return known
    good = dict(desired["wanted"])
    present = reading["own"]["is"] == "present"
    return {
        **known,
        "version": reading["version"],
        "good": good,
        "before": good if known["manages"] is None else known["good"],
        "manages": reading["own"]["spec"]["manages"] if present else known["manages"],
    }


def action(do, service, places, cause, because):
    return {"do": do, "target": {"service": service, "places": places}, "cause": cause, "because": because}


def deployments(known, desired, turn):
    actions = []
    first = known["manages"] is None
    for name, entry in desired["wanted"].items():
        seen = turn["seen"]["services"].get(name)
        if seen is None or name == turn["self"]["service"]:
            continue
        if entry["replicas"] == 0:
            if seen["running"]:
                why = [reason("explicit", name, f"the entry of {name} asks for no replica")]
                actions.append(action("stop", name, seen["running"], "explicit", why))
            continue
        regions = entry["regions"]
        missing = [place for place in seen["missing"] if regions is None or place in regions]
        if missing and not first and name not in known["good"]:
            why = [reason("explicit", name, f"{name} is new in the configuration")]
            actions.append(action("deploy", name, missing, "explicit", why))
        elif missing:
            why = [reason("drift", name, f"{name} is configured and not there")]
            actions.append(action("deploy", name, missing, "drift", why))
        # What cannot be read now is left as it is: the last good entry is no reason to roll anything out.
        readable = turn["reading"]["entries"].get(name, {}).get("is") == "present"
        if readable and seen["running"] and seen["revision"] not in (None, entry["revision"]):
            why = [reason("explicit", name, f"the entry of {name} changed")]
            actions.append(action("update", name, seen["running"], "explicit", why))
    return actions


def removals(desired, turn, mine):
    """(service, cause, because) in order: owners, then what they own."""
    direct = {}
    for name in mine:
        if name in desired["hands_off"] or name in desired["wanted"]:
            continue
        ticket = desired["ticketed"].get(name)
        if ticket is not None:
            direct[name] = ("explicit", [reason("ticket", name, f"{ticket['id']} removes {name}")])
        else:
            text = f"{name} is no longer in the configuration"
            direct[name] = ("omitted", [reason("omitted", name, text)])
    plan = {}
    for owner, (cause, because) in direct.items():
        plan.setdefault(owner, (cause, because))
        for obj in turn["self"]["objects"]:
            if obj["name"] != owner or obj["finalizer"] != "cascade":
                continue
            for name in obj["owns"]:
                if name in turn["seen"]["services"] and name not in direct:
                    text = f"{name} is owned by {owner}, which is removed"
                    plan.setdefault(name, ("cascade", because + [reason("owner-removed", owner, text)]))
    return [(name, cause, because) for name, (cause, because) in plan.items()]


def removal_actions(turn, removal):
    name, cause, because = removal
    seen = turn["seen"]["services"].get(name)
    if seen is None:
        return [action("delete", name, ["global"], cause, because)] if name in turn["seen"]["objects"] else []
    places = seen["running"] + seen["stopped"]
    return [action("delete", name, places, cause, because)] if places else []


def releases(desired, turn):
    """What a removed owner lets go of instead of taking it along."""
    actions = []
    for obj in turn["self"]["objects"]:
        name = obj["name"]
        goes = name in desired["ticketed"] or name not in desired["wanted"]
        if not goes or obj["finalizer"] != "orphan" or name not in turn["seen"]["objects"]:
            continue
        for service in obj["owns"]:
            seen = turn["seen"]["services"].get(service)
            if seen is not None and seen["label"] == turn["self"]["manager"]:
                why = [reason("owner-removed", service, f"the owner of {service} is removed; it is let go")]
                actions.append(action("release", service, seen["running"], "cascade", why))
    return actions


def inventory_after(known, desired, turn, propose):
    seen = turn["seen"]["services"]
    inventory = dict(known["inventory"])
    for name, entry in desired["wanted"].items():
        if name in seen and seen[name]["label"] == turn["self"]["manager"]:
            inventory[name] = entry["revision"]
    for act in propose:
        if act["do"] == "deploy":
            inventory.setdefault(act["target"]["service"], "")
    for name in list(inventory):
        there = seen.get(name)
        gone = there is not None and not there["running"] + there["stopped"] + there["busy"]
        if gone and name not in desired["wanted"]:
            del inventory[name]
    return inventory


def answer(request):
    if request["v"] != 1:
        return {"error": f"this planner speaks version 1, not {request['v']}"}
    if request["ask"] == "hello":
        return HELLO
    if request["ask"] == "step":
        return step(request["policy"], request["memory"], request["turn"])
    return {"error": f"it did not say that it answers {request['ask']}"}


def main():
    for line in sys.stdin:
        request = json.loads(line)
        reply = {"v": 1, "id": request["id"], **answer(request)}
        sys.stdout.write(json.dumps(reply, separators=(",", ":")) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
