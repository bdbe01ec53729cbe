# What `.ci/run` runs, and the heavier checks whose last figures stand in docs/measurements.md.

# Everything CI runs.
check:
    bash .ci/run

# Debug = release = one thread = two threads = saved and reloaded at each turn, 2,000 seeds per policy.
same:
    cargo run --quiet --example same -- 2000 > target/same-debug.txt
    cargo run --release --quiet --example same -- 2000 > target/same-release.txt
    cmp target/same-debug.txt target/same-release.txt
    cat target/same-release.txt

# Simulation speed, best of five.
speed:
    cargo run --release --quiet --example speed

# Time and memory of `check`: the shipped scenario, and files made to be hard on it.
check-speed:
    cargo build --release
    cargo run --release --quiet --example check_speed

# Calibration of belief over 100,000 games, with the planted fault.
calibration:
    cargo test --release --test calibration -- --ignored --nocapture

# Reference lines of the shipped scenarios (30 = idle, 75 = the lens's own policy).
references:
    cargo run --release --quiet --example references

# The room: odds of real sanctions by turn, who stops what, whether the odds hold, whether named changes pass.
room:
    cargo run --release --quiet --example room -- 1000

# The other side's aims: how often it moves first, how often each is carried through, how sure one could be.
aims:
    cargo run --release --quiet --example aims -- 2000

# Sixty mutants of the engine and the record, drawn at random, against the unit tests, the laws and the rule tests.
mutants:
    bash .ci/mutants 60 1

# The trap table: every policy on 2,000 paired seeds.
traps:
    cargo run --release --quiet --example traps

# Texts told in 5,000 games of each scenario, by every policy: any that was not true, any that was never told.
texts:
    cargo run --quiet --example texts -- 5000

# What the players reach on the same games under each profile, and what the planner launches. Some ten minutes.
ladder:
    cargo run --release --quiet --example ladder -- 20

# Whether a turn is a decision: what the planner's candidates are worth in games that it imagines.
tensions:
    cargo run --release --quiet --example tensions -- 12

# The claims of Cloud Hopper, world by world.
experiments:
    cargo run --release --quiet -- experiment cloud-hopper --games 300 --threads 2

# An opening that solves the case, looked for among 2,000 scripts of the first four turns.
openings:
    cargo run --release --quiet --example openings -- 2000

# What an outcome hangs on: the world, the other truths, dice.
luck:
    cargo run --release --quiet --example luck -- greedy 40 20

# What the model teaches, overlap of games, checkpoints of the record.
measure:
    cargo run --release --quiet --example measure -- 2000

# kill -9 at 200 moments of play: 100 at random, 100 between a turn's synced record and its printed result.
kills:
    cargo build --release
    cargo test --release --test kill -- --ignored --nocapture

# Spelling.
typos:
    typos

# Every way out of the program, a hundred times each at random moments: the terminal as it was, the game kept.
restore:
    cargo test --test restore -- --ignored --nocapture

# Random keys: ten thousand sessions of 500 in process, a thousand of 200 through a pseudo-terminal on the program.
monkeys:
    cargo test --profile profiling --test monkeys -- --ignored --nocapture

# Every screen at every size from 1 x 1 to 200 x 60, and beyond.
sizes:
    cargo test --profile profiling --test screens every_screen_fits_every_size -- --ignored --nocapture

# Windows: checks and builds the program for it and, under wine where that runs it, plays and replays a game.
windows:
    bash .ci/windows

# How long the way out takes behind a flood of keys, mouse reports and pastes.
floods:
    cargo test --profile profiling --test paste_floods -- --ignored --nocapture

# The reader of content under twenty million mistakes that nobody makes: no panic, no hang, under 64 MB.
fuzz:
    cargo build --profile profiling --example fuzz
    target/profiling/examples/fuzz 10000000 1 & one=$!; target/profiling/examples/fuzz 10000000 2 && wait $one

# 10,000 random games of every scenario that `check` passes.
survive:
    bash .ci/survive 10000

# The browser edition, into target/web. Once: `rustup target add wasm32-unknown-unknown` and
# `cargo install wasm-bindgen-cli` at the version this asks for. Where no target can be added: docs/web.md.
web:
    bash web/build

# The browser edition in a real Chromium: played, loaded again, replayed by the program. Needs chromium and python3-websocket.
web-test: web
    cargo build --quiet
    python3 web/test/drive.py
