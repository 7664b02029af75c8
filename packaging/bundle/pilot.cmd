@echo off
"%~dp0python\python.exe" -m pilot_cli %*
