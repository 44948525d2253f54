# Thin names over CMake presets, npm scripts and tools/. Each of them works on its own, too.
SHELL := bash
.PHONY: setup build test check run bench fuzz simulate mutants format clean
WITH_ENV := . tools/env.sh &&

setup: ; @tools/setup.sh
build: ; @tools/setup.sh --run && tools/build.sh
# Every test that needs no long time. In CI the C++ tests run under sanitizers, and every parser is fuzzed for a short time.
test: setup ; @$(WITH_ENV) tools/run_tests.py $(if $(CI),--with-slow) $(STEPS)
# What can be said without building.
check: setup ; @$(WITH_ENV) tools/run_tests.py tidy tools frontend-check
run: ; @./start-servers.sh
bench: setup ; @tools/bench.sh $(ARGS)
fuzz: setup ; @$(WITH_ENV) tools/run_tests.py fuzz
# Whole companies under a virtual clock, with lost messages and crashes: SEEDS=n of them, and CROWD=n steps in a large one.
simulate: setup ; @$(WITH_ENV) cmake --preset dev >/dev/null && cmake --build --preset dev --target simulation_test && build/dev/tests/simulation/simulation_test --seeds=$(or $(SEEDS),2000) --crowd=$(or $(CROWD),2000)
# Small changes to the code, which tests should notice: make mutants ARGS="--count 50 --seed 7". tools/mutants/mutants.py says more.
mutants: setup ; @$(WITH_ENV) tools/mutants/mutants.py $(ARGS)
format: ; @git ls-files '*.cpp' '*.hpp' | xargs clang-format -i
clean: ; @rm -rf build frontend/dist
